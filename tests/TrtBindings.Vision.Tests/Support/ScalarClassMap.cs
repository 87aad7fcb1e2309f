namespace TrtBindings.Vision.Tests.Support;

/// <summary>torch's interpolate(mode bilinear, corners not aligned) and argmax, pixel by pixel in double precision.</summary>
internal static class ScalarClassMap
{
    public static byte[] Of(float[] logits, int classes, int gridWidth, int gridHeight, int width, int height)
    {
        var plane = gridWidth * gridHeight;
        var map = new byte[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var values = Enumerable.Range(0, classes)
                    .Select(label => At(logits.AsSpan(label * plane), gridWidth, gridHeight, width, height, x, y))
                    .ToArray();
                map[(y * width) + x] = (byte)(classes == 1 ? values[0] > 0 ? 1 : 0 : Array.IndexOf(values, values.Max()));
            }
        }

        return map;
    }

    /// <summary>The same in single precision, blended from left to right and then from top to bottom.</summary>
    public static byte[] Single(
        float[] logits, int classes, int gridWidth, int gridHeight, int width, int height, float threshold)
    {
        var plane = gridWidth * gridHeight;
        var map = new byte[width * height];
        for (var i = 0; i < map.Length; i++)
        {
            BilinearTap.Locate(i % width, gridWidth / (float)width, gridWidth, out var left, out var x);
            BilinearTap.Locate(i / width, gridHeight / (float)height, gridHeight, out var top, out var y);
            var (right, bottom) = (Math.Min(left + 1, gridWidth - 1), Math.Min(top + 1, gridHeight - 1));
            var best = classes == 1 ? threshold : float.NegativeInfinity;
            for (var label = 0; label < classes; label++)
            {
                var values = logits.AsSpan(label * plane, plane);
                var upper = ((1 - x) * values[(top * gridWidth) + left]) + (x * values[(top * gridWidth) + right]);
                var lower = ((1 - x) * values[(bottom * gridWidth) + left]) + (x * values[(bottom * gridWidth) + right]);
                var value = ((1 - y) * upper) + (y * lower);
                if (value > best) (best, map[i]) = (value, (byte)(classes == 1 ? 1 : label));
            }
        }

        return map;
    }

    /// <summary>One resized value.</summary>
    public static double At(ReadOnlySpan<float> plane, int gridWidth, int gridHeight, int width, int height, int x, int y)
    {
        var (left, fractionX) = Position(x, gridWidth, width);
        var (top, fractionY) = Position(y, gridHeight, height);
        var (right, bottom) = (Math.Min(left + 1, gridWidth - 1), Math.Min(top + 1, gridHeight - 1));
        var upper = ((1 - fractionX) * plane[(top * gridWidth) + left]) + (fractionX * plane[(top * gridWidth) + right]);
        var lower = ((1 - fractionX) * plane[(bottom * gridWidth) + left]) + (fractionX * plane[(bottom * gridWidth) + right]);
        return ((1 - fractionY) * upper) + (fractionY * lower);
    }

    private static (int Index, double Fraction) Position(int at, int source, int target)
    {
        var position = Math.Max(((at + 0.5) * source / target) - 0.5, 0);
        var index = Math.Min((int)position, source - 1);
        return (index, position - index);
    }
}
