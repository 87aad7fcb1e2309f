namespace TrtBindings.Vision;

/// <summary>
/// Resizes logits, then takes the best class of each pixel; of equals the first. Bilinear with half-pixel centres, corners
/// not aligned, as torch's <c>interpolate</c>. Keeps its buffers. Not thread-safe.
/// </summary>
/// <remarks>
/// A pixel lies between four places of the grid, and its logits are weighted means of theirs. Where one class is the best at
/// all four, it is the best of the means too, so that only pixels at borders are computed class by class.
/// </remarks>
internal sealed class ClassMapDecoder
{
    private const short Mixed = -1;

    private byte[] _grid = [];
    private short[] _between = [];
    private int[] _columns = [];
    private float[] _fractions = [];

    /// <summary>Writes the class of every pixel of a map.</summary>
    /// <param name="logits">The model's output.</param>
    /// <param name="threshold">For one plane: the class is 1 above this, else 0.</param>
    /// <param name="map">Takes the classes, row after row.</param>
    /// <param name="width">Width of the map.</param>
    /// <param name="height">Height of the map.</param>
    public void Decode(in SegmentationLogits logits, float threshold, Span<byte> map, int width, int height)
    {
        var (gridWidth, gridHeight) = (logits.Width, logits.Height);
        if (width == gridWidth && height == gridHeight)
        {
            GridClasses.Find(logits, threshold, map);
            return;
        }

        if (_grid.Length < gridWidth * gridHeight) _grid = new byte[gridWidth * gridHeight];
        if (_between.Length < gridWidth) _between = new short[gridWidth];
        if (_columns.Length < width) (_columns, _fractions) = (new int[width], new float[width]);
        GridClasses.Find(logits, threshold, _grid);
        var (stepX, stepY) = (gridWidth / (float)width, gridHeight / (float)height);
        for (var x = 0; x < width; x++)
            BilinearTap.Locate(x, stepX, gridWidth, out _columns[x], out _fractions[x]);
        var known = -1;
        for (var y = 0; y < height; y++)
        {
            BilinearTap.Locate(y, stepY, gridHeight, out var row, out var fraction);
            if (row != known) Compare(row, gridWidth, gridHeight);
            known = row;
            var line = map.Slice(y * width, width);
            for (var x = 0; x < line.Length; x++)
            {
                var label = _between[_columns[x]];
                line[x] = label != Mixed ? (byte)label
                    : Best(logits, threshold, row, fraction, _columns[x], _fractions[x]);
            }
        }
    }

    /// <summary>For each column of the grid: the class that it shares with its neighbours to the right and below.</summary>
    private void Compare(int row, int gridWidth, int gridHeight)
    {
        var upper = _grid.AsSpan(row * gridWidth, gridWidth);
        var lower = _grid.AsSpan(Math.Min(row + 1, gridHeight - 1) * gridWidth, gridWidth);
        for (var x = 0; x < gridWidth; x++)
        {
            var next = Math.Min(x + 1, gridWidth - 1);
            var label = upper[x];
            _between[x] = upper[next] == label && lower[x] == label && lower[next] == label ? label : Mixed;
        }
    }

    private static byte Best(
        in SegmentationLogits logits, float threshold, int row, float fractionY, int column, float fractionX)
    {
        var (width, plane) = (logits.Width, logits.Width * logits.Height);
        var right = column < width - 1 ? 1 : 0;
        var below = row < logits.Height - 1 ? width : 0;
        var at = (row * width) + column;
        var best = logits.Classes == 1 ? threshold : float.NegativeInfinity;
        var result = 0;
        for (var label = 0; label < logits.Classes; label++, at += plane)
        {
            var values = logits.Values.Slice(at, right + below + 1);
            var upper = ((1 - fractionX) * values[0]) + (fractionX * values[right]);
            var lower = ((1 - fractionX) * values[below]) + (fractionX * values[below + right]);
            var value = ((1 - fractionY) * upper) + (fractionY * lower);
            if (value > best) (best, result) = (value, logits.Classes == 1 ? 1 : label);
        }

        return (byte)result;
    }
}
