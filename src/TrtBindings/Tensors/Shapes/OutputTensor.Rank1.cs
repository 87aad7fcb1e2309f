using System.ComponentModel;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>A model output of rank 1. Views are valid until the next run or disposal.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="D0">Dimension 0.</typeparam>
/// <remarks><c>Tensor</c> and <c>Span</c> show what the backend reported even where the file declares something
/// else.</remarks>
public sealed unsafe class OutputTensor<T, D0> : OutputTensor<T>
    where T : unmanaged
    where D0 : struct, IDimension
{
    /// <summary>For generated code: in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OutputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>For generated code: over memory of the caller.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OutputTensor(TensorSlot slot, Memory<T> memory)
        : base(slot, memory)
    {
    }

    /// <summary>The whole tensor at its present shape.</summary>
    /// <exception cref="TensorException">The backend reported another shape than the file declares.</exception>
    public ReadOnlyTensorView<T, D0> View => new(this, FirstAddress(), Lengths);

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such element at the present shape.</exception>
    public new ref readonly T this[nint index] => ref *ItemAddress(index, out _);
}
