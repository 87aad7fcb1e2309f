using TrtBindings.Interop.Native;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Engines;

/// <summary>
/// Keeps a native engine there while something uses it, also where it is disposed meanwhile on another thread; let go by the
/// finalizer too.
/// </summary>
internal sealed class EngineHold : ChildHandle
{
    /// <summary>Takes a hold.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public EngineHold(TrtEngine engine)
        : base(engine) => SetHandle(engine.Raw);

    /// <summary>The hold itself is nothing native.</summary>
    protected override void Free(nint native)
    {
    }
}
