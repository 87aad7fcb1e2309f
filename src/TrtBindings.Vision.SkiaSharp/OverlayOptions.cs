using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>What <see cref="Overlay"/> draws and how.</summary>
public sealed record OverlayOptions
{
    private static readonly SKColor[] DefaultColors =
    [
        new(255, 92, 56), new(0, 168, 255), new(120, 214, 64), new(255, 64, 160), new(255, 200, 0), new(0, 200, 170),
        new(154, 96, 255), new(255, 140, 0), new(64, 110, 255), new(0, 190, 90), new(230, 60, 60), new(190, 200, 40),
    ];

    /// <summary>The lines between the 17 key points of COCO's persons, as indices of points.</summary>
    public static IReadOnlyList<(int From, int To)> CocoSkeleton { get; } =
    [
        (15, 13), (13, 11), (16, 14), (14, 12), (11, 12), (5, 11), (6, 12), (5, 6), (5, 7), (6, 8), (7, 9), (8, 10), (1, 2),
        (0, 1), (0, 2), (1, 3), (2, 4), (3, 5), (4, 6),
    ];

    /// <summary>Draws boxes, upright or oriented.</summary>
    public bool Boxes { get; set; } = true;

    /// <summary>Draws masks: their area tinted, their outline as a line.</summary>
    public bool Masks { get; set; } = true;

    /// <summary>Writes the class of each result.</summary>
    public bool Labels { get; set; } = true;

    /// <summary>Writes the score of each result.</summary>
    public bool Scores { get; set; } = true;

    /// <summary>Writes a number before each result, from 1 in the order of the list.</summary>
    public bool Numbers { get; set; }

    /// <summary>Draws a legend for class maps and for key points that have names.</summary>
    public bool Legend { get; set; } = true;

    /// <summary>One colour for each instance, or one for each class.</summary>
    public OverlayColoring Coloring { get; set; } = OverlayColoring.Instance;

    /// <summary>The colours, taken in turn; at least one.</summary>
    public IReadOnlyList<SKColor> Colors { get; set; } = DefaultColors;

    /// <summary>How strongly the area of a mask or class is tinted, 0 to 1.</summary>
    public float MaskOpacity { get; set; } = 0.4f;

    /// <summary>
    /// Width of lines in pixels, above 0; <see langword="null"/> takes 1/300 of the picture's shorter side, at least 1.
    /// </summary>
    public float? LineWidth { get; set; }

    /// <summary>
    /// Height of a capital letter in pixels, above 0; <see langword="null"/> takes 1/55 of the picture's shorter side, 7 to 60.
    /// </summary>
    public float? TextHeight { get; set; }

    /// <summary>
    /// The font. <see langword="null"/> takes a built-in one, which looks the same everywhere and needs no installed font, but
    /// has the printable ASCII characters only: accents are left out, and any other character is a box.
    /// </summary>
    public SKTypeface? Typeface { get; set; }

    /// <summary>Key points whose confidence is below this, 0 to 1, are not drawn. Points without a confidence are.</summary>
    public float KeyPointConfidence { get; set; } = 0.25f;

    /// <summary>
    /// Which key points are joined by lines, as indices of points; empty for none. <see langword="null"/> takes
    /// <see cref="CocoSkeleton"/> for 17 points, nothing for faces, and each point to the next for any other model.
    /// </summary>
    public IReadOnlyList<(int From, int To)>? Skeleton { get; set; }

    /// <summary>
    /// Names of the key points for the legend, each point then in a colour of its own. <see langword="null"/> takes the five
    /// points of faces for faces, and no names otherwise.
    /// </summary>
    public IReadOnlyList<string>? KeyPointNames { get; set; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    internal void Validate()
    {
        if (Colors is not { Count: > 0 })
            throw new ArgumentOutOfRangeException(nameof(Colors), "Colors must have at least one colour.");
        Check(MaskOpacity is >= 0 and <= 1, MaskOpacity, nameof(MaskOpacity), "must be 0 to 1");
        Check(KeyPointConfidence is >= 0 and <= 1, KeyPointConfidence, nameof(KeyPointConfidence), "must be 0 to 1");
        Check(LineWidth is null or (> 0 and < 1e4f), LineWidth, nameof(LineWidth), "must be above 0");
        Check(TextHeight is null or (> 0 and < 1e4f), TextHeight, nameof(TextHeight), "must be above 0");
    }

    private static void Check(bool isRight, float? value, string name, string rule)
    {
        if (!isRight) throw new ArgumentOutOfRangeException(name, value, $"{name} {rule}.");
    }
}

/// <summary>What gets a colour of its own.</summary>
public enum OverlayColoring
{
    /// <summary>Each result: neighbours of one class can be told apart.</summary>
    Instance,

    /// <summary>Each class: the same class has the same colour in every picture.</summary>
    Class,
}
