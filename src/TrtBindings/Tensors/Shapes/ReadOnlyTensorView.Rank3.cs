using System.Numerics.Tensors;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>The elements of a tensor of rank 3, contiguous and row-major. To be read.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="D0">Dimension 0, the outermost.</typeparam>
/// <typeparam name="D1">Dimension 1.</typeparam>
/// <typeparam name="D2">Dimension 2.</typeparam>
public readonly unsafe ref struct ReadOnlyTensorView<T, D0, D1, D2>
    where T : unmanaged
    where D0 : struct, IDimension where D1 : struct, IDimension
    where D2 : struct, IDimension
{
    private readonly T* _first;
    private readonly nint _length0;
    private readonly nint _length1;
    private readonly nint _length2;

    internal ReadOnlyTensorView(TensorBuffer tensor, T* first, ReadOnlySpan<nint> lengths)
    {
        ViewLengths.CheckRank(tensor, 3, lengths);
        _first = first;
        _length0 = ViewLengths.Take<D0>(tensor, lengths[0]);
        _length1 = ViewLengths.Take<D1>(tensor, lengths[1]);
        _length2 = ViewLengths.Take<D2>(tensor, lengths[2]);
    }

    internal ReadOnlyTensorView(T* first, nint length0, nint length1, nint length2)
    {
        _first = first;
        _length0 = length0;
        _length1 = length1;
        _length2 = length2;
    }

    /// <summary>Length of dimension 0: a constant in compiled code where <typeparamref name="D0"/> is a size.</summary>
    public nint Length0 => ViewLengths.Of<D0>(_length0);

    /// <summary>Length of dimension 1: a constant in compiled code where <typeparamref name="D1"/> is a size.</summary>
    public nint Length1 => ViewLengths.Of<D1>(_length1);

    /// <summary>Length of dimension 2: a constant in compiled code where <typeparamref name="D2"/> is a size.</summary>
    public nint Length2 => ViewLengths.Of<D2>(_length2);

    /// <summary>Number of elements: a constant in compiled code where every dimension is a size.</summary>
    public nint FlattenedLength => Length0 * Length1 * Length2;

    /// <summary>All elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">More than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> Span => ViewLengths.Flat(_first, _length0 * Length1 * Length2);

    /// <summary>As a tensor span.</summary>
    public ReadOnlyTensorSpan<T> Tensor => ViewLengths.Tensor(
        _first, _length0 * Length1 * Length2, [_length0, _length1, _length2]);

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index outside its dimension.</exception>
    public ref readonly T this[nint i0, nint i1, nint i2]
    {
        get
        {
            // The stored length, so that a default view, which has no elements, is refused here.
            ViewLengths.Check(i0, _length0, 0);
            ViewLengths.Check(i1, Length1, 1);
            ViewLengths.Check(i2, Length2, 2);
            return ref _first[(((i0 * Length1) + i1) * Length2) + i2];
        }
    }

    /// <summary>A part along the outermost dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part begins or ends outside.</exception>
    public ReadOnlyTensorView<T, Dynamic, D1, D2> Slice(nint start, nint count)
    {
        ViewLengths.CheckSlice(start, count, _length0);
        return new(_first + (start * Length1 * Length2), count, _length1, _length2);
    }

    /// <summary>Copies every element to a tensor of the same shape; another fixed size does not compile.</summary>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyTo(TensorView<T, D0, D1, D2> destination)
    {
        Span<nint> lengths = stackalloc nint[3];
        destination.GetLengths(lengths);
        ViewLengths.Copy("destination", _first, [_length0, _length1, _length2], destination.First, lengths);
    }

    /// <summary>As the other overload, where a dimension of one of the two is fixed and that of the other dynamic.</summary>
    /// <typeparam name="E0">Dimension 0 of the other tensor.</typeparam>
    /// <typeparam name="E1">Dimension 1 of the other tensor.</typeparam>
    /// <typeparam name="E2">Dimension 2 of the other tensor.</typeparam>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyTo<E0, E1, E2>(TensorView<T, E0, E1, E2> destination)
        where E0 : struct, IDimension, ICanBe<SizeOf<D0>>
        where E1 : struct, IDimension, ICanBe<SizeOf<D1>>
        where E2 : struct, IDimension, ICanBe<SizeOf<D2>>
    {
        Span<nint> lengths = stackalloc nint[3];
        destination.GetLengths(lengths);
        ViewLengths.Copy("destination", _first, [_length0, _length1, _length2], destination.First, lengths);
    }

    /// <summary>As a tensor span of the same shape.</summary>
    public static implicit operator ReadOnlyTensorSpan<T>(ReadOnlyTensorView<T, D0, D1, D2> view) =>
        view.Tensor;
}
