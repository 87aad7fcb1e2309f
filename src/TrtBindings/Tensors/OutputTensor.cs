using System.Numerics.Tensors;

namespace TrtBindings;

/// <summary>A model output. It holds what the last run wrote, in the shape that the backend reported.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Views are contiguous and row-major, and valid until the next run or disposal. A scalar has shape [1] in views.
/// </remarks>
public class OutputTensor<T> : NativeTensorBuffer<T>
    where T : unmanaged
{
    private protected OutputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    private protected OutputTensor(TensorSlot slot, Memory<T> memory)
        : base(slot, memory)
    {
    }

    internal static OutputTensor<T> In(TensorSlot slot) => new(slot);

    internal static OutputTensor<T> In(TensorSlot slot, Memory<T> memory) => new(slot, memory);

    /// <summary>The whole tensor at its current shape.</summary>
    public ReadOnlyTensorSpan<T> Tensor => ViewCore();

    /// <summary>All elements of the current shape, row-major.</summary>
    /// <exception cref="TensorException">The tensor has more than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> Span => FlatCore();

    /// <summary>One item of the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the current shape.</exception>
    public ReadOnlyTensorSpan<T> this[nint index] => ItemCore(index);
}
