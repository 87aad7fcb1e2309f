using System.Buffers;
using System.Runtime.CompilerServices;

namespace TrtBindings.Tensors;

/// <summary>Managed memory of the caller, pinned until disposal.</summary>
/// <typeparam name="T">Element type of the memory.</typeparam>
internal sealed unsafe class CallerHostBuffer<T> : HostBuffer
    where T : unmanaged
{
    private MemoryHandle _pin;

    public CallerHostBuffer(Memory<T> memory)
    {
        _pin = memory.Pin();
        Address = (nint)_pin.Pointer;
        ByteLength = (nint)memory.Length * Unsafe.SizeOf<T>();
    }

    /// <summary>Releases the pin if nobody disposed the buffer, so that the memory does not stay pinned forever.</summary>
    ~CallerHostBuffer() => _pin.Dispose();

    public override bool CanGrow => false;

    public override void Dispose()
    {
        Address = 0;
        _pin.Dispose();
        GC.SuppressFinalize(this);
    }
}
