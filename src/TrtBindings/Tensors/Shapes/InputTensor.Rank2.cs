using System.ComponentModel;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>A model input of rank 2. Views are valid until the inputs are resized or disposed.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="D0">Dimension 0, the outermost.</typeparam>
/// <typeparam name="D1">Dimension 1.</typeparam>
/// <remarks>Its dimensions are types, equal to those of every other tensor with the same sizes.</remarks>
public sealed unsafe class InputTensor<T, D0, D1> : InputTensor<T>
    where T : unmanaged
    where D0 : struct, IDimension where D1 : struct, IDimension
{
    /// <summary>For generated code: in memory of the library.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public InputTensor(TensorSlot slot)
        : base(slot)
    {
    }

    /// <summary>For generated code: over memory of the caller.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public InputTensor(TensorSlot slot, Memory<T> memory)
        : base(slot, memory)
    {
    }

    /// <summary>The whole tensor at its present shape.</summary>
    public TensorView<T, D0, D1> View => new(this, FirstAddress(), Lengths);

    /// <summary>One item along the outermost dimension, which is the batch in most models.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such item at the present shape.</exception>
    public new TensorView<T, D1> this[nint index]
    {
        get
        {
            var first = ItemAddress(index, out var lengths);
            return new(this, first, lengths);
        }
    }

    /// <summary>Copies an output of the same shape; another fixed size or element type does not compile.</summary>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyFrom(OutputTensor<T, D0, D1> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // Refuses an output that came out in another shape than declared.
        _ = source.View;
        CopyCore(source);
    }

    /// <summary>As the other overload, where a dimension of one of the two is fixed and that of the other dynamic.</summary>
    /// <typeparam name="E0">Dimension 0 of the other tensor.</typeparam>
    /// <typeparam name="E1">Dimension 1 of the other tensor.</typeparam>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyFrom<E0, E1>(OutputTensor<T, E0, E1> source)
        where E0 : struct, IDimension, ICanBe<SizeOf<D0>>
        where E1 : struct, IDimension, ICanBe<SizeOf<D1>>
    {
        ArgumentNullException.ThrowIfNull(source);
        // Refuses an output that came out in another shape than declared.
        _ = source.View;
        CopyCore(source);
    }
}
