using System.Runtime.InteropServices;

namespace TrtBindings.Tensors;

/// <summary>Zeroed memory that this library allocates, aligned for every backend.</summary>
internal sealed unsafe class AlignedHostBuffer : HostBuffer
{
    /// <summary>TensorRT requires 256 bytes. CPU kernels require at most 64.</summary>
    public const int Alignment = 256;

    private readonly AlignedBlock _block;

    /// <exception cref="TensorException">The system has too little memory.</exception>
    public AlignedHostBuffer(string tensor, nint byteLength)
    {
        // At least one byte: backends reject a null pointer, even for a tensor without elements.
        var allocated = (nuint)Math.Max(byteLength, 1);
        void* memory;
        try
        {
            // A system that overcommits memory would grant this and kill the process at the first write.
            if (byteLength > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) throw new InsufficientMemoryException();
            memory = NativeMemory.AlignedAlloc(allocated, Alignment);
        }
        catch (OutOfMemoryException e)
        {
            throw new TensorException(tensor, $"Tensor '{tensor}' needs {byteLength:N0} bytes, which this system "
                + "does not have. Allocate for a smaller batch or size.", e);
        }

        NativeMemory.Clear(memory, allocated);
        _block = new((nint)memory);
        Address = (nint)memory;
        ByteLength = byteLength;
    }

    public override bool CanGrow => true;

    public override void Dispose()
    {
        Address = 0;
        _block.Dispose();
    }

    /// <summary>Frees the memory even if nobody disposes the buffer.</summary>
    private sealed class AlignedBlock : SafeHandle
    {
        public AlignedBlock(nint memory)
            : base(0, ownsHandle: true) => SetHandle(memory);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            return true;
        }
    }
}

/// <summary>Allocates plain memory of the process, which every backend can use.</summary>
internal sealed class AlignedHostMemory : IHostMemory
{
    private AlignedHostMemory()
    {
    }

    /// <summary>The shared instance.</summary>
    public static AlignedHostMemory Shared { get; } = new();

    /// <inheritdoc/>
    public HostBuffer Allocate(string tensor, nint byteLength) => new AlignedHostBuffer(tensor, byteLength);
}
