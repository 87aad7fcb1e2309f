using System.Numerics.Tensors;

namespace TrtBindings;

/// <summary>A model input. The caller fills it before a run.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Views are contiguous and row-major, and valid until the inputs are resized or disposed. A scalar has shape [1] in views.
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

    /// <summary>The whole tensor at its current shape.</summary>
    public TensorSpan<T> Tensor => ViewCore();

    /// <summary>All elements of the current shape, row-major.</summary>
    /// <exception cref="TensorException">The tensor has more than 2³¹-1 elements.</exception>
    public Span<T> Span => FlatCore();

    /// <summary>One item of the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the current shape.</exception>
    public TensorSpan<T> this[nint index] => ItemCore(index);
}
