using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Reads a head with a row for each anchor: copies the rows whose best score can be above the confidence into the layout of a
/// dense output, with the objectness multiplied into the scores and boxes in input pixels. Keeps its buffer. Not thread-safe.
/// </summary>
/// <param name="form">Layout of the output.</param>
/// <param name="others">Numbers that the task adds to a prediction.</param>
/// <param name="inputWidth">Width of the model's input.</param>
/// <param name="inputHeight">Height of the model's input.</param>
/// <param name="confidence">Scores above this count.</param>
internal sealed class PredictionRows(YoloForm form, int others, int inputWidth, int inputHeight, float confidence)
{
    private readonly bool _hasObjectness = form != YoloForm.Transposed;
    private int[] _kept = [];
    private float[] _dense = [];

    /// <summary>Why an output cannot have so many rows; <see langword="null"/> if it can.</summary>
    public string? Problem(long rows) => form != YoloForm.YoloX || LastStride(rows) > 0 ? null
        : $"must have a row for each cell of strides 8 to 32 or 8 to 64 of an input of {inputWidth} x {inputHeight}";

    /// <summary>The predictions as a dense output; valid until the next call.</summary>
    /// <param name="values">The output for one image.</param>
    /// <param name="rows">Number of anchors.</param>
    /// <param name="columns">Numbers of an anchor.</param>
    public YoloOutput Read(ReadOnlySpan<float> values, int rows, int columns)
    {
        if (_kept.Length < rows) _kept = new int[rows];
        var classes = columns - (_hasObjectness ? 5 : 4) - others;
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            var line = values.Slice(row * columns, columns);
            // Scores of classes are at most 1, so the product is not above the objectness.
            var limit = _hasObjectness ? line[4] : Best(line.Slice(4, classes));
            if (limit > confidence) _kept[count++] = row;
        }

        var height = 4 + classes + others;
        if (_dense.Length < height * count) _dense = new float[Math.Max(height * count, 2 * _dense.Length)];
        var dense = _dense.AsSpan(0, height * count);
        for (var i = 0; i < count; i++)
            Write(values.Slice(_kept[i] * columns, columns), _kept[i], classes, dense[i..], count);
        return new(dense, height, count, classes);
    }

    /// <summary>
    /// The best of some scores. NaN is ignored as in dense outputs, unlike by <c>TensorPrimitives.MaxNumber</c>, which gives NaN.
    /// </summary>
    private static float Best(ReadOnlySpan<float> scores)
    {
        ref var first = ref MemoryMarshal.GetReference(scores);
        var lanes = Vector256.Create(float.NegativeInfinity);
        var i = 0;
        for (; i <= scores.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var values = Vector256.LoadUnsafe(ref first, (nuint)i);
            lanes = Vector256.ConditionalSelect(Vector256.GreaterThan(values, lanes), values, lanes);
        }

        var best = float.NegativeInfinity;
        for (var lane = 0; lane < Vector256<float>.Count; lane++) best = Math.Max(best, lanes[lane]);
        for (; i < scores.Length; i++)
            if (scores[i] > best) best = scores[i];
        return best;
    }

    /// <summary>Writes one column of the dense output, whose numbers are <paramref name="step"/> apart.</summary>
    private void Write(ReadOnlySpan<float> row, int anchor, int classes, Span<float> column, int step)
    {
        var (x, y, width, height) = (row[0], row[1], row[2], row[3]);
        if (form == YoloForm.YoloX)
        {
            var cell = YoloAnchor.At(anchor, inputWidth, inputHeight, lastStride: 64);
            // The grid of YOLOX counts corners of cells, not centres.
            (x, y) = ((x + cell.X - 0.5f) * cell.Stride, (y + cell.Y - 0.5f) * cell.Stride);
            (width, height) = (MathF.Exp(width) * cell.Stride, MathF.Exp(height) * cell.Stride);
        }

        (column[0], column[step], column[2 * step], column[3 * step]) = (x, y, width, height);
        var (first, factor) = _hasObjectness ? (5, row[4]) : (4, 1);
        for (var i = 0; i < classes; i++) column[(4 + i) * step] = row[first + i] * factor;
        for (var i = 0; i < others; i++) column[(4 + classes + i) * step] = row[first + classes + i];
    }

    /// <summary>The largest stride of a pyramid from 8 that has so many cells; 0 if none has.</summary>
    private int LastStride(long rows)
    {
        var cells = 0L;
        for (var stride = 8; stride <= 64; stride *= 2)
        {
            cells += (long)(inputWidth / stride) * (inputHeight / stride);
            if (stride >= 32 && cells == rows) return stride;
        }

        return 0;
    }
}
