using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A range of device memory out of a <see cref="CudaAllocator"/>. Freeing is queued on its stream, so disposing right
/// after queueing the last use is right, from any thread and by the finalizer.
/// </summary>
internal sealed class DeviceMemory : SafeHandle
{
    private readonly CudaAllocator _allocator;

    /// <summary>Takes a hold of the stream, which lasts until the memory is freed.</summary>
    public DeviceMemory(CudaAllocator allocator, nint address, nint byteLength, CudaStream stream)
        : base(0, ownsHandle: true)
    {
        _allocator = allocator;
        ByteLength = byteLength;
        Stream = Hold(stream);
        SetHandle(address);
    }

    /// <summary>The requested size in bytes.</summary>
    public nint ByteLength { get; }

    /// <summary>The stream that the memory is freed on.</summary>
    public CudaStream Stream { get; private set; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The driver's <c>CUdeviceptr</c>, a multiple of <see cref="CudaAllocator.Alignment"/>.</summary>
    /// <exception cref="ObjectDisposedException">The memory is disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>
    /// From now on the memory is freed on another stream, the last one that uses it. The caller orders the two streams.
    /// </summary>
    public void MoveTo(CudaStream stream)
    {
        if (stream == Stream) return;
        var old = Stream;
        Stream = Hold(stream);
        old.DangerousRelease();
    }

    protected override bool ReleaseHandle()
    {
        _allocator.Release(handle, Stream);
        return true;
    }

    private static CudaStream Hold(CudaStream stream)
    {
        var held = false;
        stream.DangerousAddRef(ref held);
        return stream;
    }
}
