using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Page;

/// <summary>The code of docs/imaging.md about ImageSharp.</summary>
internal static class ImageSharpPage
{
    public static IReadOnlyList<Detection<DeskLabel>> One(string path, YoloDetectEngine<DeskLabel> engine)
    {
        // <page>
        var configuration = Configuration.Default.Clone();
        configuration.PreferContiguousImageBuffers = true;
        using var photo = Image.Load<Rgb24>(configuration, path);
        photo.Mutate(context => context.AutoOrient());
        if (!photo.DangerousTryGetSinglePixelMemory(out var pixels)) throw new InvalidOperationException("Not in one block.");
        var view = new ImageView(MemoryMarshal.AsBytes(pixels.Span), photo.Width, photo.Height, PixelFormat.Rgb);
        var found = engine.Detect(view);
        // </page>
        return found;
    }

    public static unsafe IReadOnlyList<IReadOnlyList<Detection<DeskLabel>>> Batch(
        Image<Rgb24> photo, Memory<Rgb24> pixels, YoloDetectEngine<DeskLabel> engine)
    {
        // <page>
        using var pinned = pixels.Pin();
        var image = ImageMemory.FromPointer((nint)pinned.Pointer, photo.Width, photo.Height, PixelFormat.Rgb);
        var found = engine.Detect([image]);
        // </page>
        return found;
    }
}
