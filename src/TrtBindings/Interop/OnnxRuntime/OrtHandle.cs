using System.Runtime.InteropServices;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// Owned layer: one native object, freed once, and kept alive for as long as an object that was made of it lives.
/// </summary>
internal abstract class OrtHandle : SafeHandle
{
    private readonly OrtHandle? _parent;

    /// <summary>Takes a hold of the parent, which lasts until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is freed already.</exception>
    protected OrtHandle(OrtLibrary library, OrtHandle? parent)
        : base(0, ownsHandle: true)
    {
        Library = library;
        if (parent is null) return;
        var held = false;
        parent.DangerousAddRef(ref held);
        _parent = parent;
    }

    /// <summary>The library that the object belongs to.</summary>
    public OrtLibrary Library { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The native object, for callers that keep this alive themselves.</summary>
    public nint Raw => handle;

    protected OrtApiTable Api => Library.Api;

    protected void Check(nint status, string function) => OrtStatus.Check(Api, status, function);

    /// <summary>Frees the native object.</summary>
    protected abstract void Free(nint native);

    protected sealed override bool ReleaseHandle()
    {
        Free(handle);
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
