using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>
/// Finds the best class of pixels between the points of a grid: interpolates logits horizontally, then vertically, then compares.
/// Handles up to <see cref="Most"/> pixels of a row at a time. Keeps its buffers. Not thread-safe.
/// </summary>
internal sealed class BlendedClasses
{
    /// <summary>The most pixels handled together; few, so that their logits stay in the cache.</summary>
    public const int Most = 32;

    private float[] _upper = [];
    private float[] _lower = [];
    private float[] _values = [];
    private int _classes;

    /// <summary>Interpolates two rows of the grid horizontally, for all rows of pixels between them.</summary>
    /// <param name="logits">The grid.</param>
    /// <param name="row">The upper one of the two rows.</param>
    /// <param name="pixels">The pixels, at most <see cref="Most"/>.</param>
    /// <param name="columns">For each pixel of a row, the grid column to its left.</param>
    /// <param name="fractions">For each pixel of a row, the weight of the next column.</param>
    public void Prepare(
        in SegmentationLogits logits, int row, ReadOnlySpan<int> pixels, ReadOnlySpan<int> columns, ReadOnlySpan<float> fractions)
    {
        var (width, plane) = (logits.Width, logits.Width * logits.Height);
        _classes = logits.Classes;
        if (_values.Length < _classes * Most)
            (_upper, _lower, _values) = (new float[_classes * Most], new float[_classes * Most], new float[_classes * Most]);
        Span<int> before = stackalloc int[Most];
        Span<int> behind = stackalloc int[Most];
        Span<float> weights = stackalloc float[Most];
        for (var i = 0; i < pixels.Length; i++)
        {
            before[i] = columns[pixels[i]];
            behind[i] = Math.Min(before[i] + 1, width - 1);
            weights[i] = fractions[pixels[i]];
        }

        var below = Math.Min(row + 1, logits.Height - 1) - row;
        for (var label = 0; label < _classes; label++)
        {
            var upper = logits.Values.Slice((label * plane) + (row * width), width);
            var lower = logits.Values.Slice((label * plane) + ((row + below) * width), width);
            var upperOutput = _upper.AsSpan(label * Most, Most);
            var lowerOutput = _lower.AsSpan(label * Most, Most);
            for (var i = 0; i < pixels.Length; i++)
            {
                var (left, right, weight) = (before[i], behind[i], weights[i]);
                upperOutput[i] = ((1 - weight) * upper[left]) + (weight * upper[right]);
                lowerOutput[i] = ((1 - weight) * lower[left]) + (weight * lower[right]);
            }
        }
    }

    /// <summary>Finds the classes of the prepared pixels in one row.</summary>
    /// <param name="fraction">Weight of the lower row of the grid.</param>
    /// <param name="threshold">For one class: a pixel above this is 1, any other 0.</param>
    /// <param name="classes">Takes a class for each prepared pixel.</param>
    public void Find(float fraction, float threshold, Span<byte> classes)
    {
        ref var upper = ref MemoryMarshal.GetArrayDataReference(_upper);
        ref var lower = ref MemoryMarshal.GetArrayDataReference(_lower);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (var i = 0; i < _classes * Most; i += Vector256<float>.Count)
        {
            ((Vector256.LoadUnsafe(ref upper, (nuint)i) * (1 - fraction))
                + (Vector256.LoadUnsafe(ref lower, (nuint)i) * fraction)).StoreUnsafe(ref values, (nuint)i);
        }

        Span<byte> all = stackalloc byte[Most];
        GridClasses.Find(_values, Most, _classes, threshold, all);
        all[..classes.Length].CopyTo(classes);
    }
}
