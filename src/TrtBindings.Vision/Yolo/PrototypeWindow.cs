using System.Numerics;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// The part of the prototype grid that the image covers, without the letterbox padding; right and bottom exclusive.
/// </summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Bottom">Row after the last.</param>
/// <param name="Right">Column after the last.</param>
/// <param name="Enlargement">
/// 1, 2 or 4: by how much the grid is enlarged before it is cut. All other numbers are those of the enlarged grid.
/// </param>
internal readonly record struct PrototypeWindow(int Top, int Left, int Bottom, int Right, int Enlargement = 1)
{
    /// <summary>Input pixels of a prototype, on each axis.</summary>
    private const int Stride = 4;

    public int Width => Right - Left;

    public int Height => Bottom - Top;

    /// <summary>
    /// Ultralytics' border cut. The grid is enlarged as far as the padding of the input is a whole number of its points: with
    /// both paddings of the input, as numbers joined by "or", it is 4 / gcd(4, padding | padding / 2). Then pad = (grid -
    /// round(side * gain)) / 2, first = round(pad - 0.1), end = grid - round(pad + 0.1), with the gain from image to grid.
    /// </summary>
    public static PrototypeWindow Of(int imageWidth, int imageHeight, int gridWidth, int gridHeight)
    {
        var (padX, padY) = Padding(imageWidth, imageHeight, Stride * gridWidth, Stride * gridHeight);
        var padding = padX | padY;
        var odd = padding | (padding / 2);
        // The largest power of two up to 4 that divides it.
        var divisor = 1 << Math.Min(BitOperations.TrailingZeroCount(odd), 2);
        var enlargement = Stride / divisor;
        var (width, height) = (enlargement * gridWidth, enlargement * gridHeight);
        (padX, padY) = Padding(imageWidth, imageHeight, width, height);
        var ((left, right), (top, bottom)) = (Cut(width, padX), Cut(height, padY));
        return new(top, left, bottom, right, enlargement);
    }

    /// <summary>The whole grid.</summary>
    public static PrototypeWindow Whole(int gridWidth, int gridHeight) => new(0, 0, gridHeight, gridWidth);

    private static (int X, int Y) Padding(int imageWidth, int imageHeight, int width, int height)
    {
        var gain = Math.Min(height / (double)imageHeight, width / (double)imageWidth);
        return (width - LetterboxGeometry.ScaledSide(imageWidth, gain), height - LetterboxGeometry.ScaledSide(imageHeight, gain));
    }

    private static (int First, int End) Cut(int grid, int padding) =>
        ((int)Math.Round((padding / 2.0) - 0.1), grid - (int)Math.Round((padding / 2.0) + 0.1));
}
