using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.CudaProvider;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>Pictures of 1920 x 1080 pixels in pinned memory, made of the sample scenes.</summary>
internal sealed class FullHd : IDisposable
{
    public const int Width = 1920;
    public const int Height = 1080;

    private readonly List<PinnedBuffer> _memory = [];

    /// <summary>Scales scenes to the size, the nearest pixel each.</summary>
    public FullHd(ModelGpu gpu, int count)
    {
        var scenes = OnCuda.Scenes();
        Pictures = [.. Enumerable.Range(0, count).Select(i => Pin(gpu, Scale(scenes[i % scenes.Length], Width, Height)))];
    }

    public ImageMemory[] Pictures { get; }

    /// <summary>Address of a picture.</summary>
    public nint AddressOf(int picture) => _memory[picture].Address;

    /// <summary>A picture of another size, RGB without gaps.</summary>
    public static ImageMemory Scale(ImageMemory picture, int width, int height)
    {
        var pixels = MemoryMarshal.Cast<byte, Pixel>(picture.Pixels);
        picture.Stride.ShouldBe(picture.Width * 3);
        var scaled = new byte[width * height * 3];
        var to = MemoryMarshal.Cast<byte, Pixel>(scaled.AsSpan());
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                to[(y * width) + x] = pixels[(y * picture.Height / height * picture.Width) + (x * picture.Width / width)];
        return new(scaled, width, height, picture.Format);
    }

    public void Dispose()
    {
        foreach (var memory in _memory) memory.Dispose();
    }

    /// <summary>A copy in pinned memory.</summary>
    public ImageMemory Pin(ModelGpu gpu, ImageMemory picture)
    {
        var memory = gpu.AllocatePinned(picture.Pixels.Length);
        _memory.Add(memory);
        picture.Pixels.CopyTo(memory.Span);
        return ImageMemory.FromPointer(memory.Address, picture.Width, picture.Height, picture.Format, picture.Stride);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Pixel(byte First, byte Second, byte Third);
}
