using System.Runtime.InteropServices;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Compares two results of one model. Kernels may add in another order each time, so floats may differ a little.
/// </summary>
internal static class OutputComparer
{
    /// <summary>The largest difference, as a part of the value.</summary>
    private const float OfValue = 0.01f;

    /// <summary>The largest difference, as a part of the largest value: where large values cancel out.</summary>
    private const float OfLargest = 0.001f;

    /// <summary>Index of the first element that differs; -1 for none.</summary>
    /// <param name="type">Type of the elements.</param>
    /// <param name="left">The elements of one result.</param>
    /// <param name="right">Those of the other, of the same length.</param>
    public static int FirstDifference(ElementType type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.SequenceEqual(right)) return -1;
        return type switch
        {
            ElementType.Float => FirstDifference<float>(left, right, value => value),
            ElementType.Float16 => FirstDifference<Half>(left, right, value => (float)value),
            ElementType.BFloat16 => FirstDifference<ushort>(left, right, bits => BitConverter.Int32BitsToSingle(bits << 16)),
            _ => left.CommonPrefixLength(right) / Math.Max(type.BitWidth() / 8, 1),
        };
    }

    private static int FirstDifference<T>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Func<T, float> valueOf)
        where T : unmanaged
    {
        var some = MemoryMarshal.Cast<byte, T>(left);
        var others = MemoryMarshal.Cast<byte, T>(right);
        var largest = 0f;
        foreach (var each in others)
            if (valueOf(each) is var value && float.IsFinite(value)) largest = Math.Max(largest, Math.Abs(value));
        for (var i = 0; i < some.Length; i++)
        {
            var (a, b) = (valueOf(some[i]), valueOf(others[i]));
            if (a.Equals(b)) continue;
            if (!(Math.Abs(a - b) <= (OfValue * Math.Max(Math.Abs(a), Math.Abs(b))) + (OfLargest * largest))) return i;
        }

        return -1;
    }
}
