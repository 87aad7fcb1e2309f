using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>A pinned host buffer that the library owns. It starts with zeros, like every host buffer.</summary>
internal sealed unsafe class PinnedBuffer : HostBuffer
{
    private readonly PinnedMemory _memory;

    /// <summary>Takes ownership of the memory.</summary>
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
