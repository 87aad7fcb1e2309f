using System.Runtime.InteropServices;
using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Owned layer: one object of the driver. It is freed once, in its context, from any thread or by the finalizer. Its parent
/// stays alive until then.
/// </summary>
internal abstract class CudaHandle : ChildHandle
{
    /// <summary>Keeps the parent alive until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is already freed.</exception>
    protected CudaHandle(CudaContext context, SafeHandle? parent = null)
        : base(parent) => Context = context;

    public CudaContext Context { get; }

    /// <summary>The handle of the driver.</summary>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public nint Raw
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    protected CudaApiTable Api => Context.Api;

    protected void Check(CudaResult result, string function) => Context.Check(result, function);

    /// <summary>Frees the object while its context is current. Errors are recorded with <see cref="CudaContext.Note"/>.</summary>
    protected abstract void FreeInContext(nint native);

    protected sealed override void Free(nint native)
    {
        // The objects of a lost context are gone. The driver frees what remains when the process ends.
        if (!Context.TryEnter(out var scope)) return;
        using (scope) FreeInContext(native);
    }
}
