using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// The <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__PRIMARY__CTX.html">primary context</see> of a
/// device, which all CUDA libraries in the process share. It is retained once and never released: other libraries can use it
/// until the process ends, and the driver destroys it then.
/// </summary>
/// <remarks>
/// The functions that make it current are on the page
/// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__CTX.html">Context Management</see>.
/// </remarks>
internal sealed unsafe class CudaContext
{
    private readonly Lock _gate = new();
    private CudaAllocator? _allocator;
    private DeviceLostException? _lost;

    private CudaContext(CudaDevice device, nint raw)
    {
        Device = device;
        Raw = raw;
    }

    public CudaDevice Device { get; }

    /// <summary>The driver's <c>CUcontext</c>.</summary>
    public nint Raw { get; }

    public CudaApiTable Api => Device.Library.Api;

    /// <summary>True after an error that makes the context unusable until the process ends.</summary>
    public bool IsLost => Volatile.Read(ref _lost) is not null;

    /// <summary>The allocator of device memory in this context, created on first use.</summary>
    public CudaAllocator Allocator
    {
        get
        {
            if (Volatile.Read(ref _allocator) is { } made) return made;
            lock (_gate)
            {
                if (_allocator is null) Volatile.Write(ref _allocator, CudaAllocator.Create(this));
                return _allocator!;
            }
        }
    }

    /// <summary>The context of a device. Always returns the same object.</summary>
    public static CudaContext Of(CudaDevice device) => device.Library.ContextOf(device);

    /// <summary>Retains the primary context. <see cref="CudaLibrary.ContextOf"/> calls this once per device.</summary>
    public static CudaContext Retain(CudaDevice device)
    {
        nint raw;
        var result = device.Library.Api.DevicePrimaryCtxRetain(&raw, device.Handle);
        CudaStatus.Check(device.Library.Api, result, "cuDevicePrimaryCtxRetain");
        return new(device, raw);
    }

    /// <summary>Makes the context current on this thread. Disposing the result restores the previous context.</summary>
    /// <exception cref="DeviceLostException">The context is lost.</exception>
    public CudaScope Enter()
    {
        if (Volatile.Read(ref _lost) is { } lost) ThrowAgain(lost);
        nint previous;
        Check(Api.CtxGetCurrent(&previous), "cuCtxGetCurrent");
        if (previous == Raw) return default;
        Check(Api.CtxSetCurrent(Raw), "cuCtxSetCurrent");
        return new(Api, previous);
    }

    /// <summary>Makes the context current again after code of the application, which may have left another one.</summary>
    /// <exception cref="DeviceLostException">The context is lost.</exception>
    public void Restore()
    {
        nint current;
        Check(Api.CtxGetCurrent(&current), "cuCtxGetCurrent");
        if (current != Raw) Check(Api.CtxSetCurrent(Raw), "cuCtxSetCurrent");
    }

    /// <summary>
    /// Makes the context current without throwing, for code that frees objects: a lost context has nothing left to free.
    /// </summary>
    /// <returns>True if the context is current.</returns>
    public bool TryEnter(out CudaScope scope)
    {
        scope = default;
        nint previous;
        if (IsLost || Api.CtxGetCurrent(&previous) != CudaResult.Success) return false;
        if (previous == Raw) return true;
        if (Api.CtxSetCurrent(Raw) != CudaResult.Success) return false;
        scope = new(Api, previous);
        return true;
    }

    /// <summary>Throws if a call failed. Costs one comparison if it succeeded.</summary>
    /// <exception cref="DeviceLostException">The error makes the context unusable.</exception>
    /// <exception cref="CudaException">The call failed with another error.</exception>
    public void Check(CudaResult result, string function)
    {
        if (result != CudaResult.Success) Throw(result, function);
    }

    /// <summary>Marks the context as lost if the error makes it unusable. Does not throw.</summary>
    public void Note(CudaResult result, string function)
    {
        if (CudaStatus.IsSticky(result)) _ = Lost(result, function);
    }

    /// <summary>Free and total memory of the device, in bytes. Free is -1 if the driver does not answer.</summary>
    public (long FreeBytes, long TotalBytes) MemoryInfo()
    {
        nuint free, total;
        if (!TryEnter(out var scope)) return (-1, Device.TotalBytes);
        using (scope)
            return Api.MemGetInfo(&free, &total) == CudaResult.Success ? ((long)free, (long)total) : (-1, Device.TotalBytes);
    }

    /// <summary>
    /// Number of the device that an address belongs to; <see langword="null"/> if the driver does not know the address. See
    /// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__UNIFIED.html">cuPointerGetAttribute</see>.
    /// </summary>
    public int? OwnerOf(nint address)
    {
        const int DeviceOrdinal = 9;
        int ordinal;
        using var scope = Enter();
        var result = Api.PointerGetAttribute(&ordinal, DeviceOrdinal, address);
        if (result == CudaResult.InvalidValue) return null;
        Check(result, "cuPointerGetAttribute");
        return ordinal;
    }

    /// <summary>Whether all bytes of a range are memory of this device, and of one allocation.</summary>
    public bool Owns(nint address, nint bytes)
    {
        const int RangeStart = 11;
        const int RangeSize = 12;
        nint start;
        nuint size = 0;
        if (OwnerOf(address) != Device.Index || OwnerOf(address + bytes - 1) != Device.Index) return false;
        using var scope = Enter();
        // Known just now; another thread may have freed it meanwhile.
        var result = Api.PointerGetAttribute(&start, RangeStart, address);
        if (result == CudaResult.Success) result = Api.PointerGetAttribute(&size, RangeSize, address);
        if (result == CudaResult.InvalidValue) return false;
        Check(result, "cuPointerGetAttribute");
        return (nuint)(address - start) + (nuint)bytes <= size;
    }

    /// <summary>Whether the driver knows an address as pinned host memory, whoever pinned it.</summary>
    public bool IsPinned(nint address)
    {
        const int MemoryType = 2;
        const int Host = 1;
        int type;
        using var scope = Enter();
        var result = Api.PointerGetAttribute(&type, MemoryType, address);
        if (result == CudaResult.InvalidValue) return false;
        Check(result, "cuPointerGetAttribute");
        return type == Host;
    }

    /// <summary>The exception for a failed allocation.</summary>
    public CudaException AllocationError(CudaResult result, string function, long bytes)
    {
        if (result != CudaResult.OutOfMemory) return ToException(result, function);
        var (free, total) = MemoryInfo();
        return new DeviceMemoryException(function, (int)result, CudaStatus.Describe(Api, result).Name, bytes, free, total);
    }

    /// <summary>The exception for an error code. Marks the context as lost if the error makes it unusable.</summary>
    public CudaException ToException(CudaResult result, string function) =>
        CudaStatus.IsSticky(result) ? Lost(result, function) : CudaStatus.ToException(Api, result, function);

    [DoesNotReturn]
    private void Throw(CudaResult result, string function) => throw ToException(result, function);

    private DeviceLostException Lost(CudaResult result, string function)
    {
        var (name, text) = CudaStatus.Describe(Api, result);
        var error = new DeviceLostException(Device.ToString(), function, (int)result, name, text);
        Interlocked.CompareExchange(ref _lost, error, null);
        return error;
    }

    /// <summary>Throws a new exception each time, because threads that share one would mix their stack traces.</summary>
    [DoesNotReturn]
    private void ThrowAgain(DeviceLostException lost) =>
        throw ToException((CudaResult)lost.ErrorCode, lost.Function);
}
