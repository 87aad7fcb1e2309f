using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A range of device memory from a <see cref="CudaAllocator"/>. Freeing is queued on its stream, so it can be disposed as soon
/// as its last use is queued, from any thread or by the finalizer.
/// </summary>
internal sealed class DeviceMemory : SafeHandle
{
    private readonly CudaAllocator _allocator;

    /// <summary>Keeps the stream alive until the memory is freed.</summary>
    public DeviceMemory(CudaAllocator allocator, nint address, nint byteLength, CudaStream stream)
        : base(0, ownsHandle: true)
    {
        _allocator = allocator;
        ByteLength = byteLength;
        Stream = stream;
        var held = false;
        stream.DangerousAddRef(ref held);
        SetHandle(address);
    }

    /// <summary>The requested size in bytes.</summary>
    public nint ByteLength { get; }

    /// <summary>The stream that the memory is freed on.</summary>
    public CudaStream Stream { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The <c>CUdeviceptr</c>, a multiple of <see cref="CudaAllocator.Alignment"/>.</summary>
    /// <exception cref="ObjectDisposedException">The memory is disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }


    protected override bool ReleaseHandle()
    {
        _allocator.Release(handle, Stream);
        return true;
    }
}
