using System.Diagnostics.CodeAnalysis;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// A device's primary context, the one that every runtime library in the process shares. It is retained once and never
/// released: others may use it until the process ends, and the driver takes it down with the process.
/// </summary>
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

    /// <summary>Whether an error was seen that stays until the process ends. Nothing runs in this context any more.</summary>
    public bool IsLost => Volatile.Read(ref _lost) is not null;

    /// <summary>The one allocator of device memory in this context, made on first use.</summary>
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

    /// <summary>The device's context; the same object each time.</summary>
    public static CudaContext Of(CudaDevice device) => device.Library.ContextOf(device);

    /// <summary>Retains the primary context; <see cref="CudaLibrary.ContextOf"/> does so once for each device.</summary>
    public static CudaContext Retain(CudaDevice device)
    {
        nint raw;
        var result = device.Library.Api.DevicePrimaryCtxRetain(&raw, device.Handle);
        CudaStatus.Check(device.Library.Api, result, "cuDevicePrimaryCtxRetain");
        return new(device, raw);
    }

    /// <summary>Makes the context current on this thread; disposing gives the application back what it had.</summary>
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

    /// <summary>The same for freeing: nothing is thrown, because there is nothing to free in a context that is lost.</summary>
    /// <returns>Whether the context is current.</returns>
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

    /// <summary>Costs one comparison where the call succeeded.</summary>
    /// <exception cref="DeviceLostException">The error stays; from now on the context is lost.</exception>
    /// <exception cref="CudaException">The call failed.</exception>
    public void Check(CudaResult result, string function)
    {
        if (result != CudaResult.Success) Throw(result, function);
    }

    /// <summary>Notes an error that stays, whoever saw it first.</summary>
    public void Note(CudaResult result, string function)
    {
        if (CudaStatus.IsSticky(result)) _ = Lost(result, function);
    }

    /// <summary>The device's memory.</summary>
    /// <returns>Bytes that are free and bytes in all; −1 free if the driver does not answer.</returns>
    public (long FreeBytes, long TotalBytes) MemoryInfo()
    {
        nuint free, total;
        if (!TryEnter(out var scope)) return (-1, Device.TotalBytes);
        using (scope)
            return Api.MemGetInfo(&free, &total) == CudaResult.Success ? ((long)free, (long)total) : (-1, Device.TotalBytes);
    }

    /// <summary>
    /// The place in CUDA's order of the device that an address belongs to; <see langword="null"/> where the driver does not know
    /// the address.
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

    /// <summary>Waits until all work in the context is done.</summary>
    public void Synchronize()
    {
        using var scope = Enter();
        Check(Api.CtxSynchronize(), "cuCtxSynchronize");
    }

    /// <summary>The error of an allocation that was refused, or of any other code.</summary>
    public CudaException AllocationError(CudaResult result, string function, long bytes)
    {
        if (result != CudaResult.OutOfMemory) return ToException(result, function);
        var (free, total) = MemoryInfo();
        return new DeviceMemoryException(function, (int)result, CudaStatus.Describe(Api, result).Name, bytes, free, total);
    }

    /// <summary>The error of a code, and the end of the context where the code means that.</summary>
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

    /// <summary>A fresh object each time: one exception thrown by several threads would mix their stack traces.</summary>
    [DoesNotReturn]
    private void ThrowAgain(DeviceLostException lost) =>
        throw ToException((CudaResult)lost.ErrorCode, lost.Function);
}
