using System.Numerics.Tensors;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// An output for which the model file declares no element type: the backend tells it with each run. Views are valid
/// until the next run or disposal.
/// </summary>
public sealed unsafe class UntypedOutputTensor : TensorBuffer
{
    private const int BitsInByte = 8;

    private HostBuffer _memory;
    private ElementType _announced;

    internal UntypedOutputTensor(TensorSlot slot)
        : base(slot.Owner, slot.Description, slot.Lengths)
    {
        // Before a run there is nothing: without an element type no shape has a size.
        ClearLengths();
        _memory = Owner.HostMemory.Allocate(Name, 0);
        Owner.Keep(this);
    }

    /// <summary>The element type that the last run gave; undefined before the first.</summary>
    public ElementType ElementType { get; private set; }

    /// <inheritdoc/>
    public override nint CapacityInBytes => _memory.ByteLength;

    internal override nint Address => _memory.Address;

    internal override nint ByteLength => BytesOf(Lengths, ElementType);

    /// <summary>What the last run wrote, row-major, at the shape that the backend reported.</summary>
    /// <typeparam name="T">C# type of <see cref="ElementType"/>: <see cref="Half"/> for float16, and so on.</typeparam>
    /// <exception cref="TensorException">There was no run, or it gave another element type.</exception>
    public ReadOnlyTensorSpan<T> As<T>()
        where T : unmanaged
    {
        CheckType<T>();
        return ViewLengths.Tensor((T*)_memory.Address, ElementCount, Lengths);
    }

    /// <summary>As <see cref="As{T}"/>, all elements in one span.</summary>
    /// <typeparam name="T">C# type of <see cref="ElementType"/>.</typeparam>
    /// <exception cref="TensorException">There was no run, or it gave another element type.</exception>
    /// <exception cref="InvalidOperationException">More than 2³¹-1 elements.</exception>
    public ReadOnlySpan<T> SpanAs<T>()
        where T : unmanaged
    {
        CheckType<T>();
        return ViewLengths.Flat((T*)_memory.Address, ElementCount);
    }

    /// <summary>Says of which type the next elements are, so that room can be made for them.</summary>
    /// <exception cref="TensorException">A type that has no C# form here.</exception>
    internal void Announce(ElementType type)
    {
        if (type.BitWidth() < BitsInByte)
        {
            throw new TensorException(Name, $"Output '{Name}' has no declared type, and the backend made it "
                + $"{type.OnnxName()}, which has no form here. Declare its type in the model file.");
        }

        _announced = type;
    }

    /// <summary>Takes the announced type on, together with the elements.</summary>
    internal void TakeAnnouncedType() => ElementType = _announced;

    internal override bool Fits(ReadOnlySpan<nint> lengths) => BytesOf(lengths, _announced) <= _memory.ByteLength;

    internal override void EnsureCapacity(ReadOnlySpan<nint> lengths)
    {
        var needed = BytesOf(lengths, _announced);
        if (needed <= _memory.ByteLength) return;
        var larger = Owner.HostMemory.Allocate(Name, needed);
        Buffer.MemoryCopy((void*)_memory.Address, (void*)larger.Address, needed, _memory.ByteLength);
        _memory.Dispose();
        _memory = larger;
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
            throw new TensorException(Name, $"Output '{Name}' has no declared type, and there was no run to tell it.");
        if (ElementTypes.Of<T>() == ElementType) return;
        throw new TensorException(Name, $"Output '{Name}' has elements of type {ElementType.OnnxName()} since the last "
            + $"run, which {typeof(T).Name} is not.");
    }
}
