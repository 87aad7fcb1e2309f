using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Native;

/// <summary>
/// Owned layer of every vendor: one native object, freed once, that keeps what it was made of alive until then.
/// </summary>
internal abstract class ChildHandle : SafeHandle
{
    private readonly SafeHandle? _parent;

    /// <summary>Takes a hold of the parent, which lasts until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is freed already.</exception>
    protected ChildHandle(SafeHandle? parent)
        : base(0, ownsHandle: true)
    {
        if (parent is null) return;
        var held = false;
        parent.DangerousAddRef(ref held);
        _parent = parent;
    }

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Frees the native object, before the parent is let go.</summary>
    protected abstract void Free(nint native);

    /// <summary>Lets go of what else the native object used, once it is freed.</summary>
    protected virtual void LetGo()
    {
    }

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
        LetGo();
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
