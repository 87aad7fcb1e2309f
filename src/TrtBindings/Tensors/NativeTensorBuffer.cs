using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using TrtBindings.Model;

namespace TrtBindings;

/// <summary>A tensor whose elements lie in native memory, contiguous and row-major.</summary>
/// <typeparam name="T">Element type.</typeparam>
public abstract unsafe class NativeTensorBuffer<T> : TensorBuffer
    where T : unmanaged
{
    private HostBuffer _memory;

    private protected NativeTensorBuffer(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths)
        : base(owner, description, lengths) =>
        _memory = new AlignedHostBuffer(description.Name, BytesOf(lengths));

    private protected NativeTensorBuffer(
        TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths, Memory<T> memory)
        : base(owner, description, lengths)
    {
        var needed = CountOf(lengths, sizeof(T));
        if (memory.Length < needed)
        {
            throw new TensorException(Name, $"Tensor '{Name}' of shape [{Join(lengths)}] needs {needed:N0} elements, "
                + $"but the memory that was given holds {memory.Length:N0}.");
        }

        _memory = new PinnedHostBuffer<T>(memory);
    }

    /// <inheritdoc/>
    public override nint CapacityInBytes => _memory.ByteLength;

    internal override nint Address => _memory.Address;

    internal override nint ByteLength => BytesOf(Lengths);

    internal override bool Fits(ReadOnlySpan<nint> lengths) => BytesOf(lengths) <= _memory.ByteLength;

    internal override void EnsureCapacity(ReadOnlySpan<nint> lengths)
    {
        var needed = BytesOf(lengths);
        if (needed <= _memory.ByteLength) return;
        if (!_memory.CanGrow)
        {
            throw new TensorException(Name, $"Tensor '{Name}' of shape [{Join(lengths)}] needs {needed:N0} bytes, "
                + $"but the memory that was given holds {_memory.ByteLength:N0}.");
        }

        var larger = new AlignedHostBuffer(Name, needed);
        _memory.Dispose();
        _memory = larger;
        MemoryChanged();
    }

    internal override void Release() => _memory.Dispose();

    /// <summary>All elements in use, row-major.</summary>
    private protected Span<T> FlatCore()
    {
        Owner.ThrowIfDisposed();
        var count = ElementCount;
        if (count > int.MaxValue)
        {
            throw new TensorException(Name,
                $"Tensor '{Name}' has {count:N0} elements, more than a span holds; use its tensor view.");
        }

        return new((void*)_memory.Address, (int)count);
    }

    /// <summary>The whole tensor. A scalar is seen as a tensor of shape [1].</summary>
    private protected TensorSpan<T> ViewCore()
    {
        Owner.ThrowIfDisposed();
        return View((T*)_memory.Address, ElementCount, Lengths);
    }

    /// <summary>One item along the outermost dimension.</summary>
    private protected TensorSpan<T> ItemCore(nint index)
    {
        Owner.ThrowIfDisposed();
        if (Rank == 0) throw new TensorException(Name, $"Tensor '{Name}' is a scalar and has no items.");
        if (index < 0 || index >= Lengths[0])
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, $"Tensor '{Name}' holds {Lengths[0]} items now.");
        }

        var inner = Lengths[1..];
        var count = ElementCount / Lengths[0];
        return View((T*)_memory.Address + (index * count), count, inner);
    }

    private static TensorSpan<T> View(T* first, nint count, ReadOnlySpan<nint> lengths)
    {
        // TensorSpan has no rank 0.
        if (lengths.Length == 0) return new(first, count, [1]);
        if (count > 0) return new(first, count, lengths);
        // Without elements the default strides would point outside; all-zero strides never do.
        Span<nint> strides = stackalloc nint[lengths.Length];
        strides.Clear();
        return new(first, 0, lengths, strides);
    }

    private nint BytesOf(ReadOnlySpan<nint> lengths) => CountOf(lengths, sizeof(T)) * Unsafe.SizeOf<T>();
}
