using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// The inputs or the outputs of one run, which own their memory. Not thread-safe: a run takes the whole set, and a
/// second run that wants it meanwhile gets <see cref="TensorsInUseException"/>.
/// </summary>
public abstract class TensorSet : IDisposable
{
    private const int Idle = 0;
    private const int InUse = 1;
    private const int Disposed = 2;
    private const int InUseAndDisposed = 3;

    private readonly List<TensorBuffer> _tensors = [];
    private readonly string _kind;
    private int _state;

    private protected TensorSet(string kind, IHostMemory hostMemory) => (_kind, HostMemory) = (kind, hostMemory);

    /// <summary>The tensors in the model's order.</summary>
    public IReadOnlyList<TensorBuffer> Tensors => _tensors;

    /// <summary>Where host memory of the library comes from.</summary>
    internal IHostMemory HostMemory { get; }

    /// <summary>How many of the tensors are in device memory.</summary>
    internal int DeviceTensors { get; set; }

    /// <summary>What a backend keeps for this set; disposed with it.</summary>
    internal IDisposable? Attachment { get; set; }

    /// <summary>Frees the memory. If a run is using it, as soon as that run ends.</summary>
    public void Dispose()
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            if (state is Disposed or InUseAndDisposed) return;
            if (Interlocked.CompareExchange(ref _state, state | Disposed, state) != state) continue;
            if (state == Idle) ReleaseAll();
            GC.SuppressFinalize(this);
            return;
        }
    }

    /// <summary>Takes the set for one run.</summary>
    /// <exception cref="TensorsInUseException">Another run has it.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    internal void Enter()
    {
        var state = Interlocked.CompareExchange(ref _state, InUse, Idle);
        if (state == Idle) return;
        if (state == InUse) throw new TensorsInUseException(_kind);
        throw new ObjectDisposedException(GetType().FullName);
    }

    /// <summary>Gives the set back.</summary>
    internal void Exit()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, InUse) == InUse) return;
        Volatile.Write(ref _state, Disposed);
        ReleaseAll();
    }

    internal void ThrowIfDisposed() =>
        ObjectDisposedException.ThrowIf((Volatile.Read(ref _state) & Disposed) != 0, this);

    /// <summary>Takes over a tensor, which tells of itself when its memory is there.</summary>
    internal void Keep(TensorBuffer tensor) => _tensors.Add(tensor);

    private void ReleaseAll()
    {
        Attachment?.Dispose();
        Attachment = null;
        foreach (var tensor in _tensors) tensor.ReleaseAll();
    }

    /// <summary>A declared shape with its dynamic dimensions filled in.</summary>
    /// <param name="declared">The declared, ranked shape.</param>
    /// <param name="input">Index of the input whose shape this is; -1 for an output.</param>
    /// <param name="dimensions">The dynamic dimensions.</param>
    /// <param name="values">Their values, in the same order.</param>
    /// <param name="lengths">Takes the result.</param>
    /// <returns>Whether every length is known.</returns>
    private protected static bool TryResolve(
        SymbolicShape declared, int input, IReadOnlyList<DynamicDimension> dimensions, ReadOnlySpan<long> values,
        Span<nint> lengths)
    {
        if (!declared.IsRanked) return false;
        var known = true;
        for (var axis = 0; axis < declared.Rank; axis++)
        {
            var dimension = declared.Dimensions[axis];
            var position = dimension.Kind == DimensionKind.Unknown
                ? IndexOfUnknown(dimensions, input, axis)
                : DynamicDimensions.IndexOf(dimensions, dimension);
            if (dimension.IsFixed) lengths[axis] = checked((nint)dimension.Value);
            else if (position >= 0) lengths[axis] = checked((nint)values[position]);
            else known = false;
        }

        return known;
    }

    private static int IndexOfUnknown(IReadOnlyList<DynamicDimension> dimensions, int input, int axis)
    {
        for (var i = 0; i < dimensions.Count; i++)
            if (dimensions[i].Name is null && dimensions[i].Input == input && dimensions[i].Axis == axis) return i;
        return -1;
    }
}
