namespace TrtBindings.Vision;

/// <summary>A colour for each of 256 class indices.</summary>
public sealed class Palette
{
    /// <summary>Index of pixels without a class in VOC, Cityscapes and most data sets.</summary>
    public const int Void = 255;

    private readonly Rgb[] _colors = new Rgb[256];

    /// <summary>A palette of these colours; all further indices are black.</summary>
    /// <exception cref="ArgumentException">More than 256 colours.</exception>
    public Palette(params ReadOnlySpan<Rgb> colors)
    {
        if (colors.Length > _colors.Length)
            throw new ArgumentException($"A palette has at most 256 colours, not {colors.Length}.", nameof(colors));
        colors.CopyTo(_colors);
    }

    /// <summary>
    /// Pascal VOC's: the bits of the index go to red, green and blue in turn, to the highest bit of each first.
    /// </summary>
    public static Palette Voc { get; } = MakeVoc();

    /// <summary>Cityscapes' 19 training classes, from road to bicycle; all further indices are black.</summary>
    public static Palette Cityscapes { get; } = new(
        new(128, 64, 128), new(244, 35, 232), new(70, 70, 70), new(102, 102, 156), new(190, 153, 153), new(153, 153, 153),
        new(250, 170, 30), new(220, 220, 0), new(107, 142, 35), new(152, 251, 152), new(70, 130, 180), new(220, 20, 60),
        new(255, 0, 0), new(0, 0, 142), new(0, 0, 70), new(0, 60, 100), new(0, 80, 100), new(0, 0, 230), new(119, 11, 32));

    /// <summary>The colour of a class.</summary>
    /// <exception cref="IndexOutOfRangeException">Not from 0 to 255.</exception>
    public Rgb this[int index] => _colors[index];

    private static Palette MakeVoc()
    {
        Span<Rgb> colors = stackalloc Rgb[256];
        for (var index = 0; index < colors.Length; index++)
        {
            var (red, green, blue) = (0, 0, 0);
            for (var (rest, bit) = (index, 7); rest > 0; rest >>= 3, bit--)
            {
                red |= (rest & 1) << bit;
                green |= ((rest >> 1) & 1) << bit;
                blue |= ((rest >> 2) & 1) << bit;
            }

            colors[index] = new((byte)red, (byte)green, (byte)blue);
        }

        return new(colors);
    }
}

/// <summary>A colour with 8 bits for each channel.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue);
