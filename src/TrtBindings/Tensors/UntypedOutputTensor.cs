using System.Numerics.Tensors;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// A model output without a declared element type. The backend reports the type with each run. Views are valid until the
/// next run or disposal.
/// </summary>
public sealed unsafe class UntypedOutputTensor : TensorBuffer
{
    private const int BitsInByte = 8;

    private HostBuffer _memory;
    private ElementType _announced;

    internal UntypedOutputTensor(TensorSlot slot)
        : base(slot.Owner, slot.Description, slot.Lengths)
    {
        // Empty before the first run: a shape has no size in bytes until the element type is known.
        ClearLengths();
        _memory = Owner.HostMemory.Allocate(Name, 0);
        Owner.Keep(this);
    }

    /// <summary>The element type that the last run reported; undefined before the first run.</summary>
    public ElementType ElementType { get; private set; }

    /// <inheritdoc/>
    public override nint CapacityInBytes => _memory.ByteLength;

    internal override nint Address => _memory.Address;

    internal override nint ByteLength => BytesOf(Lengths, ElementType);

    /// <summary>The elements that the last run wrote, row-major, in the shape that the backend reported.</summary>
    /// <typeparam name="T">The C# type of <see cref="ElementType"/>, such as <see cref="Half"/> for float16.</typeparam>
    /// <exception cref="TensorException">There was no run yet, or the last run wrote another element type.</exception>
    public ReadOnlyTensorSpan<T> As<T>()
        where T : unmanaged
    {
        CheckType<T>();
        return ViewLengths.Tensor((T*)_memory.Address, ElementCount, Lengths);
    }

    /// <summary>The same elements as one span.</summary>
    /// <typeparam name="T">The C# type of <see cref="ElementType"/>.</typeparam>
    /// <exception cref="TensorException">There was no run yet, or the last run wrote another element type.</exception>
    /// <exception cref="InvalidOperationException">The tensor has more than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> SpanAs<T>()
        where T : unmanaged
    {
        CheckType<T>();
        return ViewLengths.Flat((T*)_memory.Address, ElementCount);
    }

    /// <summary>Sets the type of the elements that come next, so that memory can be allocated for them.</summary>
    /// <exception cref="TensorException">No C# type corresponds to the element type.</exception>
    internal void Announce(ElementType type)
    {
        if (type.BitWidth() < BitsInByte)
        {
            throw new TensorException(Name, $"Output '{Name}' has no declared type, and the backend reported "
                + $"{type.OnnxName()}, which has no C# type here. Declare its type in the model file.");
        }

        _announced = type;
    }

    /// <summary>Makes the announced type the current one, once the elements are written.</summary>
    internal void TakeAnnouncedType() => ElementType = _announced;

    internal override bool Fits(ReadOnlySpan<nint> lengths) => BytesOf(lengths, _announced) <= _memory.ByteLength;

    internal override void EnsureCapacity(ReadOnlySpan<nint> lengths)
    {
        var needed = BytesOf(lengths, _announced);
        if (needed <= _memory.ByteLength) return;
        _memory = Owner.HostMemory.Grow(Name, _memory, needed);
        MemoryChanged();
    }

    internal override void Release() => _memory.Dispose();

    private nint BytesOf(ReadOnlySpan<nint> lengths, ElementType type)
    {
        var size = type.BitWidth() / BitsInByte;
        return CountOf(lengths, size) * size;
    }

    private void CheckType<T>()
        where T : unmanaged
    {
        Owner.ThrowIfDisposed();
        if (ElementType == ElementType.Undefined)
            throw new TensorException(Name, $"Output '{Name}' has no declared type, and no run has reported it yet.");
        if (ElementTypes.Of<T>() == ElementType) return;
        throw new TensorException(Name, $"The last run wrote output '{Name}' as {ElementType.OnnxName()}, "
            + $"which is not {typeof(T).Name}.");
    }
}
