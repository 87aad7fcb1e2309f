namespace TrtBindings.Vision.Engines;

/// <summary>
/// Admits one call at a time to an engine, because a second call would overwrite the buffers of the first. Frees what it
/// guards once, and not while a call is using it.
/// </summary>
/// <param name="model">File of the engine's model, for messages.</param>
/// <param name="release">Frees what is guarded.</param>
internal sealed class EngineGate(string model, Action release)
{
    private const int Idle = 0;
    private const int InUse = 1;
    private const int Disposed = 2;

    private int _state;

    /// <summary>Admits a call, until the returned value is disposed.</summary>
    /// <exception cref="EngineInUseException">Another call is using the engine.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Pass Enter()
    {
        var state = Interlocked.CompareExchange(ref _state, InUse, Idle);
        if (state == InUse) throw new EngineInUseException(model);
        if (state != Idle) throw new ObjectDisposedException(null, $"The engine of '{model}' is disposed.");
        return new(this);
    }

    /// <summary>Admits no further call. Frees what is guarded, or lets the call that is using it do so when it ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, Disposed) == Idle) release();
    }

    private void Exit()
    {
        if (Interlocked.And(ref _state, ~InUse) != InUse) release();
    }

    /// <summary>One call's hold on the engine; the default value holds none.</summary>
    public readonly struct Pass(EngineGate gate) : IDisposable
    {
        /// <summary>Admits the next call.</summary>
        public void Dispose() => gate?.Exit();
    }
}
