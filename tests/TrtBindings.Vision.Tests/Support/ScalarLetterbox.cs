namespace TrtBindings.Vision.Tests.Support;

/// <summary>OpenCV's INTER_LINEAR on 8-bit pixels and the letterbox, written pixel by pixel from the rules.</summary>
internal static class ScalarLetterbox
{
    /// <summary>One channel, resized.</summary>
    public static byte[] Resize(Func<int, int, byte> pixel, int width, int height, int newWidth, int newHeight)
    {
        var result = new byte[newWidth * newHeight];
        for (var y = 0; y < newHeight; y++)
        {
            Position(y, height, newHeight, out var row, out var beta0, out var beta1);
            for (var x = 0; x < newWidth; x++)
            {
                Position(x, width, newWidth, out var column, out var alpha0, out var alpha1);
                // Horizontally the edge pixel takes the whole weight; vertically the edge row is used twice.
                if (column < 0 || column >= width - 1) (alpha0, alpha1) = (2048, 0);
                var (left, right) = (Math.Clamp(column, 0, width - 1), Math.Clamp(column + 1, 0, width - 1));
                int Sum(int line) => (pixel(left, line) * alpha0) + (pixel(right, line) * alpha1);
                var upper = Sum(Math.Clamp(row, 0, height - 1)) >> 4;
                var lower = Sum(Math.Clamp(row + 1, 0, height - 1)) >> 4;
                result[(y * newWidth) + x] = (byte)(((upper * beta0 >> 16) + (lower * beta1 >> 16) + 2) >> 2);
            }
        }

        return result;
    }

    /// <summary>A whole input.</summary>
    public static float[] Run(byte[] pixels, int width, int height, PixelFormat format, int stride, int side)
    {
        var geometry = LetterboxGeometry.Fit(width, height, side, side);
        var result = new float[3 * side * side];
        Array.Fill(result, 114 / 255f);
        var size = format == PixelFormat.Gray ? 1 : format is PixelFormat.Rgb or PixelFormat.Bgr ? 3 : 4;
        for (var channel = 0; channel < 3; channel++)
        {
            var offset = format switch
            {
                PixelFormat.Gray => 0,
                PixelFormat.Bgr or PixelFormat.Bgra => 2 - channel,
                _ => channel,
            };
            var plane = Resize(
                (x, y) => pixels[(y * stride) + (x * size) + offset], width, height,
                geometry.ScaledWidth, geometry.ScaledHeight);
            for (var i = 0; i < plane.Length; i++)
            {
                var (x, y) = (geometry.Left + (i % geometry.ScaledWidth), geometry.Top + (i / geometry.ScaledWidth));
                result[(((channel * side) + y) * side) + x] = plane[i] / 255f;
            }
        }

        return result;
    }

    private static void Position(int at, int source, int target, out int index, out int weight0, out int weight1)
    {
        var scale = 1 / ((double)target / source);
        var position = (float)(((at + 0.5) * scale) - 0.5);
        index = (int)Math.Floor(position);
        var fraction = position - index;
        weight0 = (int)Math.Round((1 - fraction) * 2048f);
        weight1 = (int)Math.Round(fraction * 2048f);
    }
}
