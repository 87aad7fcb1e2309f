using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>Results of the resizers as arrays.</summary>
internal static class Resized
{
    /// <summary>Bytes of red, green and blue, or for a resizer of floats those of its floats, which began as 0 to 255.</summary>
    public static byte[] Bytes(ImagePreprocessing rules, ImageMemory photo, CropGeometry crop)
    {
        var bytes = new List<byte>(crop.Width * crop.Height * 3);
        if (rules.PixelResizer() is { } pixels)
        {
            pixels.Begin(photo, crop);
            for (var y = 0; y < crop.Height; y++)
            {
                var row = pixels.Row(photo, y);
                for (var x = 0; x < crop.Width; x++) bytes.AddRange(row.Slice(4 * x, 3));
            }

            return [.. bytes];
        }

        var floats = rules.FloatResizer()!;
        floats.Begin(photo, crop);
        for (var y = 0; y < crop.Height; y++)
        {
            foreach (var pixel in floats.Row(photo, y, PixelFloats.Identity))
            {
                Span<float> three = [pixel[0], pixel[1], pixel[2]];
                bytes.AddRange(MemoryMarshal.AsBytes(three));
            }
        }

        return [.. bytes];
    }

    /// <summary>Every resizer with every filter that it has.</summary>
    public static IEnumerable<ClassificationPreprocessing> All() =>
        from resizer in Enum.GetValues<ImageResizer>()
        from filter in Enum.GetValues<ResizeFilter>()
        let rules = new ClassificationPreprocessing { Resizer = resizer, Filter = filter }
        where IsValid(rules)
        select rules;

    private static bool IsValid(ClassificationPreprocessing rules)
    {
        try
        {
            rules.Validate(8, 8);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
