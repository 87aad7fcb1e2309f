using System.Runtime.InteropServices;

namespace TrtBindings.Tensors;

/// <summary>Our own zeroed memory, aligned so that every backend takes it as it is.</summary>
internal sealed unsafe class AlignedHostBuffer : HostBuffer
{
    /// <summary>TensorRT asks for 256; no CPU kernel asks for more than 64.</summary>
    public const int Alignment = 256;

    private readonly Handle _handle;

    /// <exception cref="TensorException">The system has not that much memory.</exception>
    public AlignedHostBuffer(string tensor, nint byteLength)
    {
        // One byte more than nothing: backends refuse a null pointer even for a tensor without elements.
        var allocated = (nuint)Math.Max(byteLength, 1);
        void* memory;
        try
        {
            // A system that overcommits would hand out more than it has and end the process at the first write.
            if (byteLength > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) throw new InsufficientMemoryException();
            memory = NativeMemory.AlignedAlloc(allocated, Alignment);
        }
        catch (OutOfMemoryException e)
        {
            throw new TensorException(tensor, $"Tensor '{tensor}' needs {byteLength:N0} bytes, which this system "
                + "does not have. Allocate for a smaller batch or size.", e);
        }

        NativeMemory.Clear(memory, allocated);
        _handle = new((nint)memory);
        Address = (nint)memory;
        ByteLength = byteLength;
    }

    public override bool CanGrow => true;

    public override void Dispose()
    {
        Address = 0;
        _handle.Dispose();
    }

    /// <summary>Frees the memory of a buffer that nobody disposed.</summary>
    private sealed class Handle : SafeHandle
    {
        public Handle(nint memory)
            : base(0, ownsHandle: true) => SetHandle(memory);

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.AlignedFree((void*)handle);
            return true;
        }
    }
}
