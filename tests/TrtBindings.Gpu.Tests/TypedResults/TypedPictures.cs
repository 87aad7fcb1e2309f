using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>The pictures that both backends see: photographs of the data folder, parts of them, and noise.</summary>
internal static class TypedPictures
{
    private const string Scrfd = "realmodels/scrfd/prepared/";

    /// <summary>A photograph with six faces at three sizes, black below it, and one with two faces; each mirrored too.</summary>
    public static ImageMemory[] Faces()
    {
        string[] sizes = ["320x320", "480x640", "640x640"];
        ImageMemory[] whole = [.. sizes.Select(size => Read($"{Scrfd}t1_{size}.png")), Street()];
        return [.. whole, .. whole.Select(Mirror)];
    }

    /// <summary>
    /// Eight square parts without black beside them, for networks with random weights: where all is one colour their scores are
    /// equal to the last bit, and beside a picture their boxes have no area, so that nothing says which is which.
    /// </summary>
    public static ImageMemory[] Squares()
    {
        var (people, street) = (Read($"{Scrfd}t1_640x640.png"), Street());
        return
        [
            Part(people, 0, 0, 440, 440), Part(people, 200, 0, 440, 440), Part(people, 100, 60, 300, 300),
            Part(street, 80, 0, 480, 480), Part(street, 80, 160, 480, 480), Part(street, 160, 220, 240, 240),
            BlobPhotos.Make(4, 400, 400), BlobPhotos.Make(9, 330, 330),
        ];
    }

    /// <summary>What the segmentation network was made for, mirrored and cut, and eight that it was not made for.</summary>
    public static ImageMemory[] Drawings()
    {
        var drawings = new[] { "input", "target" }.Select(name => Read($"realmodels/semseg/sedgen_{name}_file01_00050.png"));
        ImageMemory[] whole = [.. drawings];
        return
        [
            .. whole, .. whole.Select(Mirror), .. whole.Select(one => Part(one, 20, 10, 150, 200)),
            .. whole.Select(one => Part(one, 74, 74, 150, 150)), .. Squares(),
        ];
    }

    /// <summary>A photograph as 640 x 640 pixels, grey beside it.</summary>
    private static ImageMemory Street() => Read("realmodels/yolo/letterboxed/bus_810x1080_q487k_640.png");

    private static ImageMemory Read(string name) => PhotoFile.Read(GpuData.Require(name));

    private static ImageMemory Part(ImageMemory image, int x, int y, int width, int height) => image.Crop(x, y, width, height);

    private static ImageMemory Mirror(ImageMemory image)
    {
        var from = image.Pixels;
        var to = new byte[image.Width * image.Height * 3];
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
            {
                var pixel = from.Slice((y * image.Stride) + (x * 3), 3);
                pixel.CopyTo(to.AsSpan(((y * image.Width) + image.Width - 1 - x) * 3));
            }

        return new(to, image.Width, image.Height, PixelFormat.Rgb);
    }
}
