using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision;

/// <summary>The best class of every place of a model's own grid; of equals the first.</summary>
internal static class GridClasses
{
    /// <summary>Places handled together, so that what is known of them stays in the cache.</summary>
    private const int Block = 4096;

    /// <summary>Writes a class for each place.</summary>
    /// <param name="logits">The grid.</param>
    /// <param name="threshold">For one plane: the class is 1 above this, else 0.</param>
    /// <param name="classes">Takes the classes.</param>
    public static void Find(in SegmentationLogits logits, float threshold, Span<byte> classes)
    {
        var plane = logits.Width * logits.Height;
        if (logits.Classes == 1)
        {
            for (var i = 0; i < plane; i++) classes[i] = logits.Values[i] > threshold ? (byte)1 : (byte)0;
            return;
        }

        Span<float> best = stackalloc float[Block];
        Span<int> labels = stackalloc int[Block];
        for (var start = 0; start < plane; start += Block)
        {
            var count = Math.Min(Block, plane - start);
            best[..count].Fill(float.NegativeInfinity);
            labels[..count].Clear();
            for (var label = 0; label < logits.Classes; label++)
                Compare(logits.Values.Slice((label * plane) + start, count), label, best, labels);
            for (var i = 0; i < count; i++) classes[start + i] = (byte)labels[i];
        }
    }

    private static void Compare(ReadOnlySpan<float> values, int label, Span<float> best, Span<int> labels)
    {
        ref var source = ref MemoryMarshal.GetReference(values);
        ref var known = ref MemoryMarshal.GetReference(best);
        ref var named = ref MemoryMarshal.GetReference(labels);
        var name = Vector256.Create(label);
        var i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var value = Vector256.LoadUnsafe(ref source, (nuint)i);
            var before = Vector256.LoadUnsafe(ref known, (nuint)i);
            var isBetter = Vector256.GreaterThan(value, before);
            Vector256.ConditionalSelect(isBetter, value, before).StoreUnsafe(ref known, (nuint)i);
            Vector256.ConditionalSelect(isBetter.AsInt32(), name, Vector256.LoadUnsafe(ref named, (nuint)i))
                .StoreUnsafe(ref named, (nuint)i);
        }

        for (; i < values.Length; i++)
            if (values[i] > best[i]) (best[i], labels[i]) = (values[i], label);
    }
}
