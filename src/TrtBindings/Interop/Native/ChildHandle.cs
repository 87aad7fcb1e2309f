using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Native;

/// <summary>
/// Owned layer of every vendor: a native object that is freed once and keeps its parent alive until then.
/// </summary>
internal abstract class ChildHandle : SafeHandle
{
    private readonly SafeHandle? _parent;

    /// <summary>Keeps the parent alive until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is already freed.</exception>
    protected ChildHandle(SafeHandle? parent)
        : base(0, ownsHandle: true)
    {
        if (parent is null) return;
        var held = false;
        parent.DangerousAddRef(ref held);
        _parent = parent;
    }

    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Frees the native object. The parent is still alive.</summary>
    protected abstract void Free(nint native);

    /// <summary>Releases other resources of the native object after it is freed.</summary>
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

    /// <summary>
    /// Releases the parent if the object was never created, because ReleaseHandle is not called for an invalid handle.
    /// </summary>
    protected override void Dispose(bool disposing)
    {
        var neverMade = IsInvalid && !IsClosed;
        base.Dispose(disposing);
        if (neverMade) ReleaseParent();
    }

    private void ReleaseParent() => _parent?.DangerousRelease();
}
