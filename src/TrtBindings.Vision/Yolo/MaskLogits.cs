using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Coefficients times prototypes, where a mask needs them, on the grid of a <see cref="PrototypeWindow"/>. Keeps its buffers. Not
/// thread-safe.
/// </summary>
internal sealed class MaskLogits
{
    private readonly RowPair<float> _rows = new();
    private float[] _values = [];
    private float[] _coarse = [];
    private int[] _columns = [];
    private float[] _fractions = [];

    /// <summary>Computes a rectangle; valid until the next call.</summary>
    /// <param name="head">The prototypes.</param>
    /// <param name="coefficients">The M coefficients.</param>
    /// <param name="needed">The rectangle, on the enlarged grid.</param>
    /// <returns>The logits, row after row.</returns>
    public ReadOnlySpan<float> Compute(in YoloSegHead head, ReadOnlySpan<float> coefficients, PrototypeWindow needed)
    {
        if (needed.Enlargement == 1)
        {
            var logits = Scratch.Of(ref _values, needed.Width * needed.Height);
            Multiply(head, coefficients, needed, logits);
            return logits;
        }

        var step = 1f / needed.Enlargement;
        BilinearTap.Locate(needed.Left, step, head.GridWidth, out var left, out _);
        BilinearTap.Locate(needed.Right - 1, step, head.GridWidth, out var right, out _);
        BilinearTap.Locate(needed.Top, step, head.GridHeight, out var top, out _);
        BilinearTap.Locate(needed.Bottom - 1, step, head.GridHeight, out var bottom, out _);
        var source = new PrototypeWindow(
            top, left, Math.Min(bottom + 2, head.GridHeight), Math.Min(right + 2, head.GridWidth));
        Multiply(head, coefficients, source, Scratch.Of(ref _coarse, source.Width * source.Height));
        return Enlarge(source, needed, step, head.GridWidth, head.GridHeight);
    }

    /// <summary>
    /// Computes the logits of a rectangle. Sums run over the prototypes in order, so that all paths give the same bits.
    /// </summary>
    private static void Multiply(
        in YoloSegHead head, ReadOnlySpan<float> coefficients, PrototypeWindow needed, Span<float> logits)
    {
        var (width, height) = (needed.Width, needed.Height);
        logits.Clear();
        var plane = head.GridWidth * head.GridHeight;
        for (var m = 0; m < coefficients.Length; m++)
        {
            var start = (m * plane) + (needed.Top * head.GridWidth) + needed.Left;
            for (var y = 0; y < height; y++)
            {
                AddScaled(
                    head.Prototypes.Slice(start + (y * head.GridWidth), width), coefficients[m],
                    logits.Slice(y * width, width));
            }
        }
    }

    private static void AddScaled(ReadOnlySpan<float> values, float factor, Span<float> sums)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var target = ref MemoryMarshal.GetReference(sums);
        var i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.LoadUnsafe(ref target, (nuint)i) + (Vector256.LoadUnsafe(ref source, (nuint)i) * factor))
                .StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < values.Length; i++) sums[i] += values[i] * factor;
    }

    /// <summary>Enlarges the coarse logits of a rectangle bilinearly, corners not aligned.</summary>
    private Span<float> Enlarge(PrototypeWindow source, PrototypeWindow needed, float step, int gridWidth, int gridHeight)
    {
        var (width, height) = (needed.Width, needed.Height);
        var result = Scratch.Of(ref _values, width * height);
        var columns = Scratch.Of(ref _columns, width);
        var fractions = Scratch.Of(ref _fractions, width);
        for (var x = 0; x < width; x++)
        {
            BilinearTap.Locate(needed.Left + x, step, gridWidth, out columns[x], out fractions[x]);
            columns[x] -= source.Left;
        }

        _rows.Begin(width);
        for (var y = 0; y < height; y++)
        {
            BilinearTap.Locate(needed.Top + y, step, gridHeight, out var row, out var fraction);
            var next = Math.Min(row + 1, gridHeight - 1);
            if (_rows.WantsUpper(row)) BilinearTap.Interpolate(LineAt(row), columns, fractions, _rows.Upper.AsSpan(0, width));
            if (_rows.WantsLower(next)) BilinearTap.Interpolate(LineAt(next), columns, fractions, _rows.Lower.AsSpan(0, width));
            var line = result.Slice(y * width, width);
            TensorPrimitives.Multiply(_rows.Upper.AsSpan(0, width), 1 - fraction, line);
            TensorPrimitives.MultiplyAdd(_rows.Lower.AsSpan(0, width), fraction, line, line);
        }

        return result;

        ReadOnlySpan<float> LineAt(int row) => _coarse.AsSpan((row - source.Top) * source.Width, source.Width);
    }
}
