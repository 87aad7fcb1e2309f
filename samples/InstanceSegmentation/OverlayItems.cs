using System.Globalization;
using TrtBindings.Samples;
using TrtBindings.Vision;

namespace InstanceSegmentation;

/// <summary>Detections as something to draw.</summary>
internal static class OverlayItems
{
    public static OverlayItem[] Of<TLabel>(IReadOnlyList<YoloSegDetection<TLabel>> found)
        where TLabel : unmanaged, Enum => [.. found.Select(Of)];

    private static OverlayItem Of<TLabel>(YoloSegDetection<TLabel> found)
        where TLabel : unmanaged, Enum
    {
        var box = found.Box;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"{found.Label} {found.Score:0.00}"),
            new(
                (int)MathF.Floor(box.X1), (int)MathF.Floor(box.Y1),
                (int)MathF.Ceiling(box.X2), (int)MathF.Ceiling(box.Y2)),
            ShapeOf(found.Mask!));
    }

    private static MaskShape ShapeOf(Mask mask)
    {
        var pixels = new byte[mask.Width * mask.Height];
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                if (mask[mask.X + x, mask.Y + y]) pixels[y * mask.Width + x] = 1;
        return new(new(mask.X, mask.Y, mask.X + mask.Width, mask.Y + mask.Height), pixels);
    }
}
