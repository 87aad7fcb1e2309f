using System.Globalization;
using TrtBindings.Vision;

namespace TrtBindings.Samples;

/// <summary>One thing to draw on a picture.</summary>
/// <param name="Label">Its text.</param>
/// <param name="Box">Its box in pixels of the picture.</param>
/// <param name="Mask">Its pixels; <see langword="null"/> if only its box is known.</param>
internal sealed record OverlayItem(string Label, Rectangle Box, MaskShape? Mask = null)
{
    /// <summary>What an engine found, with its class and score as the text.</summary>
    public static OverlayItem Of<TLabel>(TLabel label, float score, Box box, Mask? mask = null)
        where TLabel : unmanaged, Enum => new(
            string.Create(CultureInfo.InvariantCulture, $"{label} {score:0.00}"), AreaOf(box),
            mask is null ? null : ShapeOf(mask));

    /// <summary>The pixels that a box touches.</summary>
    public static Rectangle AreaOf(Box box) => new(
        (int)MathF.Floor(box.X1), (int)MathF.Floor(box.Y1), (int)MathF.Ceiling(box.X2), (int)MathF.Ceiling(box.Y2));

    private static MaskShape ShapeOf(Mask mask)
    {
        var pixels = new byte[mask.Width * mask.Height];
        for (var y = 0; y < mask.Height; y++)
            for (var x = 0; x < mask.Width; x++)
                if (mask[mask.X + x, mask.Y + y]) pixels[y * mask.Width + x] = 1;
        return new(new(mask.X, mask.Y, mask.X + mask.Width, mask.Y + mask.Height), pixels);
    }
}
