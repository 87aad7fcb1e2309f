using System.ComponentModel;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>A model output of rank 5. Views are valid until the next run or disposal.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="D0">Dimension 0, the outermost.</typeparam>
/// <typeparam name="D1">Dimension 1.</typeparam>
/// <typeparam name="D2">Dimension 2.</typeparam>
/// <typeparam name="D3">Dimension 3.</typeparam>
/// <typeparam name="D4">Dimension 4.</typeparam>
/// <remarks><c>Tensor</c> and <c>Span</c> show what the backend reported even where the file declares something
/// else.</remarks>
public sealed unsafe class OutputTensor<T, D0, D1, D2, D3, D4> : OutputTensor<T>
    where T : unmanaged
    where D0 : struct, IDimension where D1 : struct, IDimension
    where D2 : struct, IDimension where D3 : struct, IDimension
    where D4 : struct, IDimension
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
    public ReadOnlyTensorView<T, D0, D1, D2, D3, D4> View => new(this, FirstAddress(), Lengths);

    /// <summary>One item along the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such item at the present shape.</exception>
    public new ReadOnlyTensorView<T, D1, D2, D3, D4> this[nint index]
    {
        get
        {
            var first = ItemAddress(index, out var lengths);
            return new(this, first, lengths);
        }
    }
}
