using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>What the views of every rank share.</summary>
internal static class ViewLengths
{
    /// <summary>The rank that a view is made for; an output may have another one than its file promised.</summary>
    /// <exception cref="TensorException">Another rank.</exception>
    public static void CheckRank(TensorBuffer tensor, int rank, ReadOnlySpan<nint> lengths)
    {
        if (lengths.Length != rank) throw Mismatch(tensor);
    }

    /// <summary>The length in use, which is the type's where the type has one.</summary>
    /// <exception cref="TensorException">Another length.</exception>
    public static nint Take<TDimension>(TensorBuffer tensor, nint length)
        where TDimension : struct, IDimension
    {
        if (TDimension.Size >= 0 && TDimension.Size != length) throw Mismatch(tensor);
        return length;
    }

    /// <summary>The length as a constant where the type has one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Of<TDimension>(nint length)
        where TDimension : struct, IDimension => TDimension.Size >= 0 ? (nint)TDimension.Size : length;

    /// <summary>Refuses an index outside a dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or not below the length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(nint index, nint length, int axis)
    {
        if ((nuint)index >= (nuint)length) ThrowIndex(index, length, axis);
    }

    /// <summary>Refuses a part that is not inside a dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part begins or ends outside.</exception>
    public static void CheckSlice(nint start, nint count, nint length)
    {
        if ((nuint)start > (nuint)length) ThrowIndex(start, length, 0);
        if ((nuint)count > (nuint)(length - start))
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"Only {length - start} of {length} items come at and after index {start}.");
        }
    }

    /// <summary>A span over a view.</summary>
    /// <exception cref="InvalidOperationException">More than 2³¹-1 elements.</exception>
    public static unsafe Span<T> Flat<T>(T* first, nint count)
        where T : unmanaged => count <= int.MaxValue
            ? new(first, (int)count)
            : throw new InvalidOperationException($"{count:N0} elements are more than a span holds; use the tensor view.");

    /// <summary>A tensor over native memory. A scalar is seen as shape [1].</summary>
    public static unsafe TensorSpan<T> Tensor<T>(T* first, nint count, scoped ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        if (first is null) return default;
        // TensorSpan has no rank 0.
        if (lengths.Length == 0) return new(first, count, [1]);
        if (count > 0) return new(first, count, lengths);
        // Without elements the default strides would point outside; all-zero strides never do.
        Span<nint> strides = stackalloc nint[lengths.Length];
        strides.Clear();
        return new(first, 0, lengths, strides);
    }

    /// <summary>Copies between views whose lengths are equal by their types where both are fixed.</summary>
    /// <exception cref="TensorException">A dynamic length differs.</exception>
    public static unsafe void Copy<T>(
        string name, T* source, ReadOnlySpan<nint> from, T* destination, ReadOnlySpan<nint> to)
        where T : unmanaged
    {
        if (!from.SequenceEqual(to))
        {
            throw new TensorException(name, $"A tensor of shape [{TensorBuffer.Join(from)}] cannot be copied to one of shape "
                + $"[{TensorBuffer.Join(to)}]. Resize one of the two.");
        }

        nint bytes = sizeof(T);
        foreach (var length in from) bytes *= length;
        Buffer.MemoryCopy(source, destination, bytes, bytes);
    }

    private static void ThrowIndex(nint index, nint length, int axis) => throw new ArgumentOutOfRangeException(
        nameof(index), index, $"Dimension {axis} has length {length}.");

    private static TensorException Mismatch(TensorBuffer tensor) => new(tensor.Name,
        $"Tensor '{tensor.Name}' is declared as {tensor.Description.Shape}, but has shape "
        + $"[{TensorBuffer.Join(tensor.Lengths)}] now. Its typed views need the declared shape: use Tensor or Span, "
        + "and for an output only after a run.");
}
