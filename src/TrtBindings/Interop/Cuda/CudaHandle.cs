using System.Runtime.InteropServices;
using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Owned layer: one object of the driver, freed once, in its context, from whatever thread disposes or finalizes it. What
/// it depends on stays alive until then.
/// </summary>
internal abstract class CudaHandle : ChildHandle
{
    /// <summary>Takes a hold of the parent, which lasts until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is freed already.</exception>
    protected CudaHandle(CudaContext context, SafeHandle? parent = null)
        : base(parent) => Context = context;

    public CudaContext Context { get; }

    /// <summary>The driver's handle.</summary>
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

    /// <summary>Frees the object; its context is current. An error is noted, not thrown.</summary>
    protected abstract void FreeInContext(nint native);

    protected sealed override void Free(nint native)
    {
        // A context that is lost took its objects along, and the driver frees the rest with the process.
        if (!Context.TryEnter(out var scope)) return;
        using (scope) FreeInContext(native);
    }
}
