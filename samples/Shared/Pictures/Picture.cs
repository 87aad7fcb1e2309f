namespace TrtBindings.Samples;

/// <summary>A picture in memory: 8-bit RGB, rows from the top, no padding between rows.</summary>
internal sealed class Picture
{
    /// <summary>
    /// Most pixels that a picture may have; a file that claims more is refused before memory is asked for.
    /// </summary>
    public const long MaxPixels = 100_000_000;

    /// <summary>A picture over bytes that are there.</summary>
    /// <param name="width">Pixels in a row; at least 1.</param>
    /// <param name="height">Rows; at least 1.</param>
    /// <param name="rgb">width × height × 3 bytes.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public Picture(int width, int height, byte[] rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((long)width * height * 3 != rgb.Length)
            throw new ArgumentException(
                $"{width}×{height} RGB needs {(long)width * height * 3} bytes, not {rgb.Length}.", nameof(rgb));
        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>A black picture.</summary>
    public Picture(int width, int height)
        : this(width, height, new byte[checked(width * height * 3)])
    {
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of each pixel.</summary>
    public byte[] Rgb { get; }

    /// <summary>The same pixels in memory of their own.</summary>
    public Picture Copy() => new(Width, Height, (byte[])Rgb.Clone());
}
