using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Memory;

/// <summary>Pinned memory of the library's own, zeroed like every other.</summary>
internal sealed unsafe class PinnedBuffer : HostBuffer
{
    private readonly PinnedMemory _memory;

    /// <summary>Takes the memory over.</summary>
    public PinnedBuffer(PinnedMemory memory)
    {
        _memory = memory;
        Address = memory.Address;
        ByteLength = memory.ByteLength;
        NativeMemory.Clear((void*)Address, (nuint)ByteLength);
    }

    /// <inheritdoc/>
    public override bool CanGrow => true;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Address = 0;
        _memory.Dispose();
    }
}
