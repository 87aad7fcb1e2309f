using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>Dims64</c>: up to 8 dimensions of 64 bits, 72 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrtDims
{
    /// <summary>The most dimensions that a tensor has.</summary>
    public const int MaxRank = 8;

    /// <summary>Number of dimensions; −1 where TensorRT reports an error this way.</summary>
    public int Rank;

    private Sizes _sizes;

    /// <summary>Dimensions of these sizes; −1 for one that is dynamic.</summary>
    /// <exception cref="ArgumentException">There are more than 8.</exception>
    public TrtDims(params ReadOnlySpan<long> sizes)
    {
        if (sizes.Length > MaxRank)
            throw new ArgumentException($"TensorRT tensors have at most {MaxRank} dimensions, not {sizes.Length}.");
        Rank = sizes.Length;
        sizes.CopyTo(_sizes);
    }

    /// <summary>Whether this is a shape, and no sign of an error.</summary>
    public readonly bool IsValid => Rank is >= 0 and <= MaxRank;

    /// <summary>One dimension's size.</summary>
    public readonly long this[int index] => _sizes[index];

    /// <summary>Writes the sizes.</summary>
    /// <returns>How many there are.</returns>
    public readonly int CopyTo(Span<long> sizes)
    {
        ((ReadOnlySpan<long>)_sizes)[..Rank].CopyTo(sizes);
        return Rank;
    }

    /// <summary>The sizes in an array of their own; empty for an invalid shape.</summary>
    public readonly long[] ToArray() => IsValid ? ((ReadOnlySpan<long>)_sizes)[..Rank].ToArray() : [];

    /// <summary>Whether both are the same shape.</summary>
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
