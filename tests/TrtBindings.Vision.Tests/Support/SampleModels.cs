using TrtBindings.Samples;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>The model that this repository ships, and its validation pictures.</summary>
internal static class SampleModels
{
    public static string Validation { get; } = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "validation");

    public static UntypedYoloSeg<DeskLabel> Dense() => UntypedYoloSeg<DeskLabel>.Load(Find("desk-seg.onnx"));

    public static UntypedYoloSeg<DeskLabel> EndToEnd() =>
        UntypedYoloSeg<DeskLabel>.Load(Find("desk-seg-e2e.onnx"), YoloForm.EndToEnd);

    public static Image Read(string file)
    {
        var picture = PictureFile.Read(Path.Combine(Validation, file));
        return new(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);
    }

    /// <summary>A part of an image, seen in the image's own memory.</summary>
    public static Image Crop(Image image, int x, int y, int width, int height) =>
        new(image.Pixels[((y * image.Stride) + (x * 3))..], width, height, image.Format, image.Stride);

    private static string Find(string file) => Path.Combine(TestPaths.RepositoryRoot, "samples", "models", file);
}
