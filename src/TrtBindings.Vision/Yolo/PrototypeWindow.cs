namespace TrtBindings.Vision.Yolo;

/// <summary>
/// The part of the prototype grid that the image covers, without the letterbox padding; right and bottom exclusive.
/// </summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Bottom">Row after the last.</param>
/// <param name="Right">Column after the last.</param>
internal readonly record struct PrototypeWindow(int Top, int Left, int Bottom, int Right)
{
    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>
    /// Ultralytics' border cut: pad = (grid - round(side * gain)) / 2, first = round(pad - 0.1),
    /// end = grid - round(pad + 0.1), with the gain from image to grid.
    /// </summary>
    public static PrototypeWindow Of(int imageWidth, int imageHeight, int gridWidth, int gridHeight)
    {
        var gain = Math.Min(gridHeight / (double)imageHeight, gridWidth / (double)imageWidth);
        var (left, right) = Cut(gridWidth, LetterboxGeometry.ScaledSide(imageWidth, gain));
        var (top, bottom) = Cut(gridHeight, LetterboxGeometry.ScaledSide(imageHeight, gain));
        return new(top, left, bottom, right);
    }

    /// <summary>The whole grid.</summary>
    public static PrototypeWindow Whole(int gridWidth, int gridHeight) => new(0, 0, gridHeight, gridWidth);

    private static (int First, int End) Cut(int grid, int covered)
    {
        var pad = (grid - covered) / 2.0;
        return ((int)Math.Round(pad - 0.1), grid - (int)Math.Round(pad + 0.1));
    }
}
