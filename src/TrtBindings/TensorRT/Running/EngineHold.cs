using TrtBindings.Interop.Native;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// Keeps a native engine alive while it is in use, even if another thread disposes it. The finalizer releases it too.
/// </summary>
internal sealed class EngineHold : ChildHandle
{
    /// <summary>Holds an engine.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public EngineHold(TrtEngine engine)
        : base(engine) => SetHandle(engine.Raw);

    /// <summary>The hold itself has no native object.</summary>
    protected override void Free(nint native)
    {
    }
}
