using System.Runtime.InteropServices;

namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>Pictures on the device, described and with room, whose preprocessing can be queued again and again.</summary>
internal sealed class PreparedBatch : IDisposable
{
    private readonly DeviceBuffer?[] _pictures;
    private readonly DeviceBuffer _frames;
    private readonly GpuPreprocessor _preprocessor;
    private readonly GpuTarget _target;

    /// <param name="kernels">The kernels.</param>
    /// <param name="one">What to do.</param>
    /// <param name="preprocessor">One that <paramref name="one"/> made; not disposed.</param>
    /// <param name="pictures">A place without a picture is <see langword="null"/>; the first has one.</param>
    /// <param name="isHalf">Whether the input is in half precision.</param>
    public PreparedBatch(
        KernelSet kernels, PreprocessingCase one, GpuPreprocessor preprocessor, TestPicture?[] pictures, bool isHalf)
    {
        _preprocessor = preprocessor;
        var frames = new GpuFrame[pictures.Length];
        _pictures = new DeviceBuffer?[pictures.Length];
        for (var i = 0; i < frames.Length; i++)
        {
            if (pictures[i] is not { } picture) continue;
            _pictures[i] = picture.Upload(kernels, out frames[i]);
            preprocessor.Describe(ref frames[i]);
            if (picture.IsPacked && preprocessor.RowsOf(frames[i]) is { } rows)
                UnreadRows += picture.Spoil(_pictures[i]!, rows);
        }

        (Width, Height) = (frames[0].InputWidth, frames[0].InputHeight);
        Length = one.Channels * Width * Height;
        ByteLength = (nint)frames.Length * Length * (isHalf ? 2 : 4);
        preprocessor.Reserve(frames);
        _frames = kernels.Allocate(frames.Length * Marshal.SizeOf<GpuFrame>());
        _frames.CopyFrom<GpuFrame>(frames);
        Input = kernels.Allocate(ByteLength);
        _target = new(_frames.Address, frames.Length, Input.Address, isHalf, one.Channels, one.IsChannelsLast, Width, Height);
    }

    /// <summary>Rows of the pictures that the preprocessor does not read; they hold other pixels on the device.</summary>
    public int UnreadRows { get; }

    /// <summary>Width of the input.</summary>
    public int Width { get; }

    /// <summary>Height of the input.</summary>
    public int Height { get; }

    /// <summary>Values of one picture.</summary>
    public int Length { get; }

    /// <summary>Bytes of the whole input.</summary>
    public nint ByteLength { get; }

    /// <summary>The model's input.</summary>
    public DeviceBuffer Input { get; }

    /// <summary>Queues the kernels.</summary>
    public void Queue(GpuQueue queue) => _preprocessor.Queue(queue, _target);

    public void Dispose()
    {
        foreach (var picture in _pictures) picture?.Dispose();
        _frames.Dispose();
        Input.Dispose();
    }
}
