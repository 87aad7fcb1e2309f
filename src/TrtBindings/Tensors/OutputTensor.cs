using System.Numerics.Tensors;
using TrtBindings.Model;

namespace TrtBindings;

/// <summary>A model output: what the last run wrote, at the shape that the backend reported.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <remarks>
/// Views are contiguous and row-major, and valid until the next run or disposal. A scalar is seen as shape [1].
/// </remarks>
public sealed class OutputTensor<T> : NativeTensorBuffer<T>
    where T : unmanaged
{
    internal OutputTensor(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths)
        : base(owner, description, lengths)
    {
    }

    internal OutputTensor(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths, Memory<T> memory)
        : base(owner, description, lengths, memory)
    {
    }

    /// <summary>The whole tensor at its present shape.</summary>
    public ReadOnlyTensorSpan<T> Tensor => ViewCore();

    /// <summary>All elements at the present shape, row-major.</summary>
    /// <exception cref="TensorException">More than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> Span => FlatCore();

    /// <summary>One item along the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such item at the present shape.</exception>
    public ReadOnlyTensorSpan<T> this[nint index] => ItemCore(index);
}
