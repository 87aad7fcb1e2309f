using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// The inputs or the outputs of one run, which own their memory. Not thread-safe: a run has exclusive use of the whole set,
/// and a second run at the same time throws <see cref="TensorsInUseException"/>.
/// </summary>
public abstract class TensorSet : IDisposable
{
    private const int Idle = 0;
    private const int InUse = 1;
    private const int Disposed = 2;
    private const int InUseAndDisposed = 3;

    private readonly List<TensorBuffer> _tensors = [];
    private readonly string _kind;
    private List<TensorBuffer>? _optional;
    private int _state;

    private protected TensorSet(string kind, IHostMemory hostMemory) => (_kind, HostMemory) = (kind, hostMemory);

    /// <summary>The tensors in the order of the model file.</summary>
    public IReadOnlyList<TensorBuffer> Tensors => _tensors;

    /// <summary>Allocates the host memory of the tensors.</summary>
    internal IHostMemory HostMemory { get; }

    /// <summary>Number of tensors in device memory.</summary>
    internal int DeviceTensors { get; set; }

    /// <summary>Data that the backend keeps for this set. Disposed with the set.</summary>
    internal IDisposable? Attachment { get; set; }

    /// <summary>Frees the memory. If a run is using it, the memory is freed when that run ends.</summary>
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

    /// <summary>Reserves the set for one run.</summary>
    /// <exception cref="TensorsInUseException">Another run is using the set.</exception>
    /// <exception cref="ObjectDisposedException">The set is disposed.</exception>
    internal void Enter()
    {
        var state = Interlocked.CompareExchange(ref _state, InUse, Idle);
        if (state == Idle) return;
        if (state == InUse) throw new TensorsInUseException(_kind);
        throw new ObjectDisposedException(GetType().FullName);
    }

    /// <summary>Ends the exclusive use that <see cref="Enter"/> began.</summary>
    internal void Exit()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, InUse) == InUse) return;
        Volatile.Write(ref _state, Disposed);
        ReleaseAll();
    }

    internal void ThrowIfDisposed() =>
        ObjectDisposedException.ThrowIf((Volatile.Read(ref _state) & Disposed) != 0, this);

    /// <summary>Adds a tensor. The constructor of the tensor calls this once its memory is allocated.</summary>
    internal void Keep(TensorBuffer tensor, bool isOptional = false)
    {
        if (isOptional) (_optional ??= []).Add(tensor);
        else _tensors.Add(tensor);
    }

    private void ReleaseAll()
    {
        Attachment?.Dispose();
        Attachment = null;
        foreach (var tensor in _tensors) tensor.ReleaseAll();
        foreach (var tensor in _optional ?? []) tensor.ReleaseAll();
    }

    /// <summary>Fills in the dynamic dimensions of a declared shape.</summary>
    /// <param name="declared">The declared shape.</param>
    /// <param name="input">Index of the input that has this shape; -1 for an output.</param>
    /// <param name="dimensions">The dynamic dimensions of the model.</param>
    /// <param name="values">The value of each dynamic dimension, in the same order.</param>
    /// <param name="lengths">Receives the lengths.</param>
    /// <returns>True if every length is known.</returns>
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
            if (dimension.Varies) known = false;
            else if (dimension.IsFixed) lengths[axis] = checked((nint)dimension.Value);
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
