using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrtBindings.Tensors;

/// <summary>Memory that the caller brought, kept in place until disposal.</summary>
/// <typeparam name="T">Element type of that memory.</typeparam>
internal sealed unsafe class PinnedHostBuffer<T> : HostBuffer
    where T : unmanaged
{
    private MemoryHandle _pin;

    public PinnedHostBuffer(Memory<T> memory)
    {
        _pin = memory.Pin();
        Address = (nint)_pin.Pointer;
        ByteLength = (nint)memory.Length * Unsafe.SizeOf<T>();
    }

    /// <summary>A pin that nobody released would hold the caller's memory in place for good.</summary>
    ~PinnedHostBuffer() => _pin.Dispose();

    public override bool CanGrow => false;

    public override void Dispose()
    {
        Address = 0;
        _pin.Dispose();
        GC.SuppressFinalize(this);
    }
}
