using System.Numerics.Tensors;
using TrtBindings.Shapes;

namespace TrtBindings;

/// <summary>The elements of a tensor of rank 5, contiguous and row-major. To be read.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <typeparam name="D0">Dimension 0, the outermost.</typeparam>
/// <typeparam name="D1">Dimension 1.</typeparam>
/// <typeparam name="D2">Dimension 2.</typeparam>
/// <typeparam name="D3">Dimension 3.</typeparam>
/// <typeparam name="D4">Dimension 4.</typeparam>
public readonly unsafe ref struct ReadOnlyTensorView<T, D0, D1, D2, D3, D4>
    where T : unmanaged
    where D0 : struct, IDimension where D1 : struct, IDimension
    where D2 : struct, IDimension where D3 : struct, IDimension
    where D4 : struct, IDimension
{
    private readonly T* _first;
    private readonly nint _length0;
    private readonly nint _length1;
    private readonly nint _length2;
    private readonly nint _length3;
    private readonly nint _length4;

    internal ReadOnlyTensorView(TensorBuffer tensor, T* first, ReadOnlySpan<nint> lengths)
    {
        ViewLengths.CheckRank(tensor, 5, lengths);
        _first = first;
        _length0 = ViewLengths.Take<D0>(tensor, lengths[0]);
        _length1 = ViewLengths.Take<D1>(tensor, lengths[1]);
        _length2 = ViewLengths.Take<D2>(tensor, lengths[2]);
        _length3 = ViewLengths.Take<D3>(tensor, lengths[3]);
        _length4 = ViewLengths.Take<D4>(tensor, lengths[4]);
    }

    internal ReadOnlyTensorView(T* first, nint length0, nint length1, nint length2, nint length3, nint length4)
    {
        _first = first;
        _length0 = length0;
        _length1 = length1;
        _length2 = length2;
        _length3 = length3;
        _length4 = length4;
    }

    /// <summary>Length of dimension 0: a constant in compiled code where <typeparamref name="D0"/> is a size.</summary>
    public nint Length0 => ViewLengths.Of<D0>(_length0);

    /// <summary>Length of dimension 1: a constant in compiled code where <typeparamref name="D1"/> is a size.</summary>
    public nint Length1 => ViewLengths.Of<D1>(_length1);

    /// <summary>Length of dimension 2: a constant in compiled code where <typeparamref name="D2"/> is a size.</summary>
    public nint Length2 => ViewLengths.Of<D2>(_length2);

    /// <summary>Length of dimension 3: a constant in compiled code where <typeparamref name="D3"/> is a size.</summary>
    public nint Length3 => ViewLengths.Of<D3>(_length3);

    /// <summary>Length of dimension 4: a constant in compiled code where <typeparamref name="D4"/> is a size.</summary>
    public nint Length4 => ViewLengths.Of<D4>(_length4);

    /// <summary>Number of elements: a constant in compiled code where every dimension is a size.</summary>
    public nint FlattenedLength => Length0 * Length1 * Length2 * Length3 * Length4;

    /// <summary>All elements, row-major.</summary>
    /// <exception cref="InvalidOperationException">More than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> Span => ViewLengths.Flat(_first, _length0 * Length1 * Length2 * Length3 * Length4);

    /// <summary>As a tensor span.</summary>
    public ReadOnlyTensorSpan<T> Tensor => ViewLengths.Tensor(
        _first, _length0 * Length1 * Length2 * Length3 * Length4, [_length0, _length1, _length2, _length3, _length4]);

    /// <summary>One element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index outside its dimension.</exception>
    public ref readonly T this[nint i0, nint i1, nint i2, nint i3, nint i4]
    {
        get
        {
            // The stored length, so that a default view, which has no elements, is refused here.
            ViewLengths.Check(i0, _length0, 0);
            ViewLengths.Check(i1, Length1, 1);
            ViewLengths.Check(i2, Length2, 2);
            ViewLengths.Check(i3, Length3, 3);
            ViewLengths.Check(i4, Length4, 4);
            var offset = i0;
            offset = (offset * Length1) + i1;
            offset = (offset * Length2) + i2;
            offset = (offset * Length3) + i3;
            offset = (offset * Length4) + i4;
            return ref _first[offset];
        }
    }

    /// <summary>A part along the outermost dimension.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part begins or ends outside.</exception>
    public ReadOnlyTensorView<T, Dynamic, D1, D2, D3, D4> Slice(nint start, nint count)
    {
        ViewLengths.CheckSlice(start, count, _length0);
        return new(_first + (start * Length1 * Length2 * Length3 * Length4), count, _length1, _length2, _length3, _length4);
    }

    /// <summary>Copies every element to a tensor of the same shape; another fixed size does not compile.</summary>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyTo(TensorView<T, D0, D1, D2, D3, D4> destination)
    {
        Span<nint> lengths = stackalloc nint[5];
        destination.GetLengths(lengths);
        ViewLengths.Copy("destination", _first, [_length0, _length1, _length2, _length3, _length4], destination.First, lengths);
    }

    /// <summary>As the other overload, where a dimension of one of the two is fixed and that of the other dynamic.</summary>
    /// <typeparam name="E0">Dimension 0 of the other tensor.</typeparam>
    /// <typeparam name="E1">Dimension 1 of the other tensor.</typeparam>
    /// <typeparam name="E2">Dimension 2 of the other tensor.</typeparam>
    /// <typeparam name="E3">Dimension 3 of the other tensor.</typeparam>
    /// <typeparam name="E4">Dimension 4 of the other tensor.</typeparam>
    /// <exception cref="TensorException">A dynamic length differs; nothing was copied.</exception>
    public void CopyTo<E0, E1, E2, E3, E4>(TensorView<T, E0, E1, E2, E3, E4> destination)
        where E0 : struct, IDimension, ICanBe<SizeOf<D0>>
        where E1 : struct, IDimension, ICanBe<SizeOf<D1>>
        where E2 : struct, IDimension, ICanBe<SizeOf<D2>>
        where E3 : struct, IDimension, ICanBe<SizeOf<D3>>
        where E4 : struct, IDimension, ICanBe<SizeOf<D4>>
    {
        Span<nint> lengths = stackalloc nint[5];
        destination.GetLengths(lengths);
        ViewLengths.Copy("destination", _first, [_length0, _length1, _length2, _length3, _length4], destination.First, lengths);
    }

    /// <summary>As a tensor span of the same shape.</summary>
    public static implicit operator ReadOnlyTensorSpan<T>(ReadOnlyTensorView<T, D0, D1, D2, D3, D4> view) =>
        view.Tensor;
}
