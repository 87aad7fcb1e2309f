using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_dims64.html">Dims64</see>:
/// up to 8 dimensions of 64 bits. 72 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrtDims
{
    /// <summary>The largest number of dimensions of a tensor.</summary>
    public const int MaxRank = 8;

    /// <summary>The number of dimensions; −1 is how TensorRT reports an error.</summary>
    public int Rank;

    private Sizes _sizes;

    /// <summary>A shape of these sizes; −1 for a dynamic dimension.</summary>
    /// <exception cref="ArgumentException">There are more than 8 sizes.</exception>
    public TrtDims(params ReadOnlySpan<long> sizes)
    {
        if (sizes.Length > MaxRank)
            throw new ArgumentException($"TensorRT tensors have at most {MaxRank} dimensions, not {sizes.Length}.");
        Rank = sizes.Length;
        sizes.CopyTo(_sizes);
    }

    /// <summary>False if TensorRT reported an error instead of a shape.</summary>
    public readonly bool IsValid => Rank is >= 0 and <= MaxRank;

    /// <summary>The size of a dimension.</summary>
    public readonly long this[int index] => _sizes[index];

    /// <summary>Copies the sizes.</summary>
    /// <returns>The number of sizes.</returns>
    public readonly int CopyTo(Span<long> sizes)
    {
        ((ReadOnlySpan<long>)_sizes)[..Rank].CopyTo(sizes);
        return Rank;
    }

    /// <summary>The sizes as a new array; empty for an invalid shape.</summary>
    public readonly long[] ToArray() => IsValid ? ((ReadOnlySpan<long>)_sizes)[..Rank].ToArray() : [];

    /// <summary>True if both shapes are equal.</summary>
    public readonly bool Equals(in TrtDims other)
    {
        if (Rank != other.Rank) return false;
        var rank = Math.Max(Rank, 0);
        return ((ReadOnlySpan<long>)_sizes)[..rank].SequenceEqual(((ReadOnlySpan<long>)other._sizes)[..rank]);
    }

    /// <inheritdoc/>
    public override readonly string ToString() => IsValid ? $"[{string.Join(", ", ToArray())}]" : "invalid";

    [InlineArray(MaxRank)]
    private struct Sizes
    {
        private long _first;
    }
}
