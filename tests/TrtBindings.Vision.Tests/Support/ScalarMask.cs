namespace TrtBindings.Vision.Tests.Support;

/// <summary>Masks pixel by pixel from the rules: whole grid, whole frame, then the box.</summary>
internal static class ScalarMask
{
    /// <summary>Logits of the whole frame before the box is applied.</summary>
    public static float[] Logits(
        SyntheticHead head, float[] coefficients, PrototypeWindow window, int gridWidth, int gridHeight, int width, int height)
    {
        var logits = new float[gridWidth * gridHeight];
        for (var i = 0; i < logits.Length; i++)
            for (var m = 0; m < coefficients.Length; m++) logits[i] += head.Prototypes[(m * logits.Length) + i] * coefficients[m];

        var (fineWidth, fineHeight) = (window.Enlargement * gridWidth, window.Enlargement * gridHeight);
        var fine = Resize(logits, gridWidth, PrototypeWindow.Whole(gridWidth, gridHeight), fineWidth, fineHeight);
        return Resize(fine, fineWidth, window, width, height);
    }

    private static float[] Resize(float[] values, int stride, PrototypeWindow window, int width, int height)
    {
        var result = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            Position(y, window.Height, height, out var top, out var bottom, out var weightY);
            for (var x = 0; x < width; x++)
            {
                Position(x, window.Width, width, out var left, out var right, out var weightX);
                float At(int row, int column) => values[((window.Top + row) * stride) + window.Left + column];
                var upper = ((1 - weightX) * At(top, left)) + (weightX * At(top, right));
                var lower = ((1 - weightX) * At(bottom, left)) + (weightX * At(bottom, right));
                result[(y * width) + x] = (upper * (1 - weightY)) + (lower * weightY);
            }
        }

        return result;
    }

    private static void Position(int at, int source, int target, out int first, out int second, out float weight)
    {
        var position = Math.Max((source / (float)target * (at + 0.5f)) - 0.5f, 0);
        first = Math.Min((int)position, source - 1);
        second = Math.Min(first + 1, source - 1);
        weight = first == second ? 0 : position - first;
    }
}
