namespace TrtBindings.Vision.Engines;

/// <summary>
/// Admits as many calls to an engine as there are slots, because a further one would overwrite the buffers of another. Frees what
/// it guards once, and not while a call is using it.
/// </summary>
/// <param name="model">File of the engine's model, for messages.</param>
/// <param name="release">Frees what is guarded.</param>
/// <param name="slots">Number of calls at one time.</param>
internal sealed class EngineGate(string model, Action release, int slots = 1)
{
    /// <summary>The most slots.</summary>
    public const int Most = 16;

    private const int Disposed = 1 << 30;

    private readonly int _all = (1 << slots) - 1;
    private int _state;

    /// <summary>Admits a call to the first free slot, until the returned value is disposed.</summary>
    /// <exception cref="EngineInUseException">Other calls are using all slots.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public Pass Enter()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if ((state & Disposed) != 0) throw new ObjectDisposedException(null, $"The engine of '{model}' is disposed.");
            var free = ~state & _all;
            if (free == 0) throw slots == 1 ? new EngineInUseException(model) : new EngineInUseException(model, slots);
            var slot = int.TrailingZeroCount(free);
            if (Interlocked.CompareExchange(ref _state, state | (1 << slot), state) == state) return new(this, slot);
        }
    }

    /// <summary>Admits no further call. Frees what is guarded, or lets the last call that uses it do so when it ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _state, Disposed) == 0) release();
    }

    private void Exit(int slot)
    {
        var left = Interlocked.And(ref _state, ~(1 << slot)) & ~(1 << slot);
        if (left == Disposed) release();
    }

    /// <summary>One call's hold on the engine; the default value holds none.</summary>
    public readonly struct Pass(EngineGate gate, int slot) : IDisposable
    {
        /// <summary>The slot.</summary>
        public int Slot => slot;

        /// <summary>Admits the next call.</summary>
        public void Dispose() => gate?.Exit(slot);
    }
}
