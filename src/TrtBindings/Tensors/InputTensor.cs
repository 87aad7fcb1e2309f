using System.Numerics.Tensors;

namespace TrtBindings;

/// <summary>A model input: memory that the caller fills before a run.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Views are contiguous and row-major, and valid until the inputs are resized or disposed. A scalar is seen as shape [1].
/// </remarks>
public class InputTensor<T> : NativeTensorBuffer<T>
    where T : unmanaged
{
    private protected InputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    private protected InputTensor(TensorSlot slot, Memory<T> memory)
        : base(slot, memory)
    {
    }

    internal static InputTensor<T> In(TensorSlot slot) => new(slot);

    internal static InputTensor<T> In(TensorSlot slot, Memory<T> memory) => new(slot, memory);

    /// <summary>The whole tensor at its present shape.</summary>
    public TensorSpan<T> Tensor => ViewCore();

    /// <summary>All elements at the present shape, row-major.</summary>
    /// <exception cref="TensorException">More than 2³¹-1 elements.</exception>
    public Span<T> Span => FlatCore();

    /// <summary>One item along the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such item at the present shape.</exception>
    public TensorSpan<T> this[nint index] => ItemCore(index);
}
