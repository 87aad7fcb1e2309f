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

    /// <summary>Black or white, whichever is easier to read on this colour (Rec. 601 luma).</summary>
    public Color Ink => 0.299 * R + 0.587 * G + 0.114 * B > 140 ? Black : White;
}
