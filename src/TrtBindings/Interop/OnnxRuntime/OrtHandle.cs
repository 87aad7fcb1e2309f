using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// Owned layer: one native object, freed once, and kept alive for as long as an object that was made of it lives.
/// </summary>
internal abstract class OrtHandle : ChildHandle
{
    /// <summary>Takes a hold of the parent, which lasts until this object is freed.</summary>
    /// <exception cref="ObjectDisposedException">The parent is freed already.</exception>
    protected OrtHandle(OrtLibrary library, OrtHandle? parent)
        : base(parent) => Library = library;

    /// <summary>The library that the object belongs to.</summary>
    public OrtLibrary Library { get; }

    /// <summary>The native object, for callers that keep this alive themselves.</summary>
    public nint Raw => handle;

    protected OrtApiTable Api => Library.Api;

    protected void Check(nint status, string function) => OrtStatus.Check(Api, status, function);
}
