namespace TrtBindings.Vision.Engines;

/// <summary>
/// Lets one call at a time into an engine, whose buffers another call would overwrite. What it guards is freed once, and not
/// under a call that still uses it.
/// </summary>
/// <param name="model">File of the engine's model, for messages.</param>
/// <param name="release">Frees what is guarded.</param>
internal sealed class EngineGate(string model, Action release)
{
    private const int Idle = 0;
    private const int InUse = 1;
    private const int Disposed = 2;

    private int _state;

    /// <summary>Takes the engine until what this gives is disposed.</summary>
    /// <exception cref="EngineInUseException">Another call has it.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public Call Enter()
    {
        var state = Interlocked.CompareExchange(ref _state, InUse, Idle);
        if (state == InUse) throw new EngineInUseException(model);
        if (state != Idle) throw new ObjectDisposedException(null, $"The engine of '{model}' is disposed.");
        return new(this);
    }

    /// <summary>Nothing enters any more. What is guarded is freed, if a call is using it when that call ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, Disposed) == Idle) release();
    }

    private void Exit()
    {
        if (Interlocked.And(ref _state, ~InUse) != InUse) release();
    }

    /// <summary>One call's hold on the engine.</summary>
    public readonly ref struct Call(EngineGate gate)
    {
        /// <summary>Lets the next call in.</summary>
        public void Dispose() => gate.Exit();
    }
}
