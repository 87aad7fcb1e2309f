using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>Colours of text on colours, by the contrast rules of WCAG 2.</summary>
internal static class Contrast
{
    public static readonly SKColor Black = new(16, 16, 16);

    /// <summary>White where it has enough contrast with the background, else black.</summary>
    public static SKColor InkOn(SKColor background) => Ratio(background, SKColors.White) >= 4 ? SKColors.White : Black;

    /// <summary>
    /// Colour of the edge around a line: dark, or light around a dark line, so that it shows on any background.
    /// </summary>
    public static SKColor EdgeOf(SKColor line) =>
        (Ratio(line, SKColors.Black) < 3 ? SKColors.White : SKColors.Black).WithAlpha(110);

    /// <summary>WCAG 2's contrast ratio: 1 for equal colours to 21 for black and white; text below 3 is hard to read.</summary>
    public static double Ratio(SKColor one, SKColor other)
    {
        var (first, second) = (Luminance(one) + 0.05, Luminance(other) + 0.05);
        return Math.Max(first, second) / Math.Min(first, second);
    }

    /// <summary>WCAG 2's relative luminance of an sRGB colour, 0 to 1.</summary>
    private static double Luminance(SKColor color) =>
        (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    private static double Linear(byte value)
    {
        var share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
