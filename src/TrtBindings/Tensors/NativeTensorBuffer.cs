using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>A tensor whose elements are in native memory, contiguous and row-major.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract unsafe class NativeTensorBuffer<T> : TensorBuffer
    where T : unmanaged
{
    private HostBuffer _memory;

    private protected NativeTensorBuffer(TensorSlot slot)
        : base(slot.Owner, slot.Description, slot.Lengths)
    {
        try
        {
            _memory = Owner.HostMemory.Allocate(Name, BytesOf(slot.Lengths));
        }
        catch (TensorException) when (slot.StartsEmptyIfTooLarge)
        {
            // Start empty. The first run reports the size that it really needs.
            ClearLengths();
            _memory = Owner.HostMemory.Allocate(Name, 0);
        }

        Owner.Keep(this, slot.IsOptional);
    }

    private protected NativeTensorBuffer(TensorSlot slot, Memory<T> memory)
        : base(slot.Owner, slot.Description, slot.Lengths)
    {
        var needed = CountOf(slot.Lengths, sizeof(T));
        if (memory.Length < needed)
        {
            throw new TensorException(Name, $"Tensor '{Name}' of shape [{Join(slot.Lengths)}] needs {needed:N0} elements, "
                + $"but the memory that was given holds {memory.Length:N0}.");
        }

        _memory = new CallerHostBuffer<T>(memory);
        Owner.Keep(this, slot.IsOptional);
    }

    /// <inheritdoc/>
    public override nint CapacityInBytes => IsOnDevice ? DeviceCapacity : _memory.ByteLength;

    internal override nint Address => _memory.Address;

    internal override nint ByteLength => BytesOf(Lengths);

    internal override bool Fits(ReadOnlySpan<nint> lengths) => BytesOf(lengths) <= CapacityInBytes;

    internal override void EnsureCapacity(ReadOnlySpan<nint> lengths)
    {
        var needed = BytesOf(lengths);
        if (needed <= CapacityInBytes) return;
        if (IsOnDevice) ThrowTooLargeForDevice(lengths, needed);
        if (!_memory.CanGrow)
        {
            throw new TensorException(Name, $"Tensor '{Name}' of shape [{Join(lengths)}] needs {needed:N0} bytes, "
                + $"but the memory that was given holds {_memory.ByteLength:N0}.");
        }

        _memory = Owner.HostMemory.Grow(Name, _memory, needed);
        MemoryChanged();
    }

    internal override void Release() => _memory.Dispose();

    private protected override bool CanBeOnDevice => true;

    /// <summary>All elements of the current shape, row-major.</summary>
    private protected Span<T> FlatCore()
    {
        Owner.ThrowIfDisposed();
        if (IsOnDevice) ThrowOnDevice();
        var count = ElementCount;
        if (count > int.MaxValue)
        {
            throw new TensorException(Name,
                $"Tensor '{Name}' has {count:N0} elements, more than a span holds; use its tensor view.");
        }

        return new((void*)_memory.Address, (int)count);
    }

    /// <summary>The whole tensor. A scalar becomes a tensor of shape [1].</summary>
    private protected TensorSpan<T> ViewCore() => ViewLengths.Tensor(FirstAddress(), ElementCount, Lengths);

    /// <summary>One item of the outermost dimension.</summary>
    private protected TensorSpan<T> ItemCore(nint index)
    {
        var first = ItemAddress(index, out var inner);
        return ViewLengths.Tensor(first, ElementCount / Lengths[0], inner);
    }

    /// <summary>Address of the first element.</summary>
    private protected T* FirstAddress()
    {
        Owner.ThrowIfDisposed();
        if (IsOnDevice) ThrowOnDevice();
        return (T*)_memory.Address;
    }

    /// <summary>Address of the first element of an item of the outermost dimension, and the shape of the item.</summary>
    private protected T* ItemAddress(nint index, out ReadOnlySpan<nint> lengths)
    {
        var first = FirstAddress();
        if (Rank == 0) throw new TensorException(Name, $"Tensor '{Name}' is a scalar and has no items.");
        if (index < 0 || index >= Lengths[0])
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, $"Tensor '{Name}' holds {Lengths[0]} items now.");
        }

        lengths = Lengths[1..];
        return first + (index * (ElementCount / Lengths[0]));
    }

    /// <summary>Copies all elements of a tensor of the same shape.</summary>
    /// <exception cref="TensorException">The shapes differ. Nothing was copied.</exception>
    private protected void CopyCore(NativeTensorBuffer<T> source) =>
        ViewLengths.Copy(Name, source.FirstAddress(), source.Lengths, FirstAddress(), Lengths);

    private nint BytesOf(ReadOnlySpan<nint> lengths) => CountOf(lengths, sizeof(T)) * Unsafe.SizeOf<T>();
}
