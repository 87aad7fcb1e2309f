namespace TrtBindings.Samples;

/// <summary>An opaque colour.</summary>
internal readonly record struct Color(byte R, byte G, byte B)
{
    public static Color Black { get; } = new(16, 16, 16);

    public static Color White { get; } = new(255, 255, 255);

    /// <summary>Strong colours whose neighbours in the list are far apart, for things drawn side by side.</summary>
    private static readonly Color[] Palette =
    [
        new(255, 92, 56), new(0, 168, 255), new(120, 214, 64), new(255, 64, 160), new(255, 200, 0), new(0, 200, 170),
        new(154, 96, 255), new(255, 140, 0), new(64, 110, 255), new(0, 190, 90), new(230, 60, 60), new(190, 200, 40),
    ];

    /// <summary>The colour of the nth thing.</summary>
    public static Color Of(int index) => Palette[index % Palette.Length];

    /// <summary>White on this colour where it has contrast enough, else black.</summary>
    public Color Ink => ContrastWith(White) >= 4 ? White : Black;

    /// <summary>WCAG 2's contrast ratio: 1 for equal colours to 21 for black and white; text under 3 is hard to read.</summary>
    public double ContrastWith(Color other)
    {
        var (one, two) = (Luminance + 0.05, other.Luminance + 0.05);
        return Math.Max(one, two) / Math.Min(one, two);
    }

    /// <summary>WCAG 2's relative luminance of an sRGB colour, 0 to 1.</summary>
    private double Luminance => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    private static double Linear(byte value)
    {
        var share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
