using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>
/// Owned layer: one object of the driver, freed once, in its context, from whatever thread disposes or finalizes it. What
/// it depends on stays alive until then.
/// </summary>
internal abstract class CudaHandle : SafeHandle
{
    private readonly SafeHandle? _parent;

    /// <summary>Takes a hold of the parent, which lasts until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is freed already.</exception>
    protected CudaHandle(CudaContext context, SafeHandle? parent = null)
        : base(0, ownsHandle: true)
    {
        Context = context;
        if (parent is null) return;
        var held = false;
        parent.DangerousAddRef(ref held);
        _parent = parent;
    }

    public CudaContext Context { get; }

    public override bool IsInvalid => handle == 0;

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
    protected abstract void Free(nint native);

    protected sealed override bool ReleaseHandle()
    {
        // A context that is lost took its objects along, and the driver frees the rest with the process.
        if (Context.TryEnter(out var scope))
        {
            using (scope) Free(handle);
        }

        ReleaseParent();
        return true;
    }

    /// <summary>Lets the parent go where the object itself was never made: nothing is released for an invalid one.</summary>
    protected override void Dispose(bool disposing)
    {
        var neverMade = IsInvalid && !IsClosed;
        base.Dispose(disposing);
        if (neverMade) ReleaseParent();
    }

    private void ReleaseParent() => _parent?.DangerousRelease();
}
