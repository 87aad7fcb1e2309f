using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TrtBindings.Shapes;

namespace TrtBindings.Tensors;

/// <summary>Checks and copies that the views of every rank share.</summary>
internal static class ViewLengths
{
    /// <summary>Checks the rank of a tensor, because an output can have another rank than the model file declares.</summary>
    /// <exception cref="TensorException">The tensor has another rank.</exception>
    public static void CheckRank(TensorBuffer tensor, int rank, ReadOnlySpan<nint> lengths)
    {
        if (lengths.Length != rank) throw Mismatch(tensor);
    }

    /// <summary>Checks that a length is the fixed size of its dimension, and returns it.</summary>
    /// <exception cref="TensorException">The dimension has another fixed size.</exception>
    public static nint Take<TDimension>(TensorBuffer tensor, nint length)
        where TDimension : struct, IDimension
    {
        if (TDimension.Size >= 0 && TDimension.Size != length) throw Mismatch(tensor);
        return length;
    }

    /// <summary>The fixed size of a dimension, which the JIT makes a constant, or else the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Of<TDimension>(nint length)
        where TDimension : struct, IDimension => TDimension.Size >= 0 ? (nint)TDimension.Size : length;

    /// <summary>Checks that an index is inside a dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative, or not less than the length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(nint index, nint length, int axis)
    {
        if ((nuint)index >= (nuint)length) ThrowIndex(index, length, axis);
    }

    /// <summary>Checks that a range is inside a dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range starts or ends outside.</exception>
    public static void CheckSlice(nint start, nint count, nint length)
    {
        if ((nuint)start > (nuint)length) ThrowIndex(start, length, 0);
        if ((nuint)count > (nuint)(length - start))
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"Only {length - start} of {length} items come at and after index {start}.");
        }
    }

    /// <summary>The elements of a view as a span.</summary>
    /// <exception cref="InvalidOperationException">The view has more than 2³¹-1 elements.</exception>
    public static unsafe Span<T> Flat<T>(T* first, nint count)
        where T : unmanaged => count <= int.MaxValue
            ? new(first, (int)count)
            : throw new InvalidOperationException($"{count:N0} elements are more than a span holds; use the tensor view.");

    /// <summary>A tensor span over native memory. A scalar gets shape [1].</summary>
    public static unsafe TensorSpan<T> Tensor<T>(T* first, nint count, scoped ReadOnlySpan<nint> lengths)
        where T : unmanaged
    {
        if (first is null) return default;
        // TensorSpan has no rank 0.
        if (lengths.Length == 0) return new(first, count, [1]);
        if (count > 0) return new(first, count, lengths);
        // Without elements the default strides would point outside the memory. Strides of zero never do.
        Span<nint> strides = stackalloc nint[lengths.Length];
        strides.Clear();
        return new(first, 0, lengths, strides);
    }

    /// <summary>Copies between views. The compiler has compared the fixed sizes; this compares the dynamic lengths.</summary>
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
