namespace TrtBindings.Vision.Tests.Support;

/// <summary>Pillow's resize of one 8-bit channel, pixel by pixel from the rule, without any cropping.</summary>
internal static class ScalarPillow
{
    public static byte[] Resize(byte[] pixels, int width, int height, int newWidth, int newHeight, ResizeFilter filter)
    {
        if (height > newHeight && height - newHeight > 2 * (width - newWidth))
        {
            // Pillow 13 resizes columns first: the same with the axes exchanged, which are then rows first.
            var turned = RowsFirst(Turn(pixels, width, height), height, width, newHeight, newWidth, filter);
            return Turn(turned, newHeight, newWidth);
        }

        return RowsFirst(pixels, width, height, newWidth, newHeight, filter);
    }

    private static byte[] Turn(byte[] pixels, int width, int height) =>
        [.. Enumerable.Range(0, width * height).Select(i => pixels[(i % height * width) + (i / height)])];

    /// <summary>The order of the passes before Pillow 13.</summary>
    public static byte[] RowsFirst(byte[] pixels, int width, int height, int newWidth, int newHeight, ResizeFilter filter)
    {
        var wide = new byte[newWidth * height];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < newWidth; x++)
                wide[(y * newWidth) + x] = Sum(x, width, newWidth, filter, tap => pixels[(y * width) + tap]);
        var result = new byte[newWidth * newHeight];
        for (var y = 0; y < newHeight; y++)
            for (var x = 0; x < newWidth; x++)
                result[(y * newWidth) + x] = Sum(y, height, newHeight, filter, tap => wide[(tap * newWidth) + x]);
        return result;
    }

    private static byte Sum(int at, int source, int target, ResizeFilter filter, Func<int, byte> value)
    {
        var scale = (double)source / target;
        var f = Math.Max(1, scale);
        var z = (at + 0.5) * scale;
        var reach = f * (filter == ResizeFilter.Bilinear ? 1 : 2);
        var first = (int)Math.Floor(Math.Max(z - reach + 0.5, 0));
        var last = (int)Math.Floor(Math.Min(z + reach + 0.5, source)) - 1;
        var weights = Enumerable.Range(first, last - first + 1).Select(j => Weight((j - z + 0.5) / f, filter)).ToArray();
        var all = weights.Sum();
        long sum = 1 << 21;
        for (var i = 0; i < weights.Length; i++)
        {
            var fixedPoint = weights[i] / all * (1 << 22);
            sum += value(first + i) * (long)Math.Truncate(fixedPoint + (fixedPoint < 0 ? -0.5 : 0.5));
        }

        return (byte)Math.Clamp(sum >> 22, 0, 255);
    }

    private static double Weight(double x, ResizeFilter filter)
    {
        x = Math.Abs(x);
        if (filter == ResizeFilter.Bilinear) return Math.Max(0, 1 - x);
        return x < 1 ? (1.5 * x * x * x) - (2.5 * x * x) + 1
            : x < 2 ? (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2
            : 0;
    }
}
