using TrtBindings.Interop.Cuda;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The stream that ONNX Runtime's CUDA provider queues a session's runs on, together with our own work around them. One run is
/// queued at a time: the provider gives all runs on a stream of its user the same cuDNN and cuBLAS handles, which no two threads
/// may use at once. A run may wait for its end while the next one is queued.
/// </summary>
internal sealed class OrtStream : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly bool _isShared;
    private int _inFlight;
    private int _graphs;

    /// <summary>Creates a stream that does not wait for the default stream.</summary>
    /// <param name="context">The GPU.</param>
    /// <param name="isShared">
    /// Whether ONNX Runtime queues on the stream too. If not, its run begins when the stream is idle.
    /// </param>
    /// <param name="recordsModels">Whether the provider records runs as CUDA graphs of its own.</param>
    /// <param name="recordsWork">Whether the work around runs is recorded.</param>
    public OrtStream(CudaContext context, bool isShared = true, bool recordsModels = false, bool recordsWork = true)
    {
        (_isShared, RecordsModels, RecordsWork) = (isShared, recordsModels, recordsWork);
        Native = CudaStream.Create(context);
        Queue = new(Native);
    }

    public CudaContext Context => Native.Context;

    public CudaStream Native { get; }

    /// <summary>Whether the provider records runs as CUDA graphs of its own.</summary>
    public bool RecordsModels { get; }

    /// <summary>Whether the work around runs is recorded.</summary>
    public bool RecordsWork { get; }

    public GpuQueue Queue { get; }

    /// <summary>Waits until no other thread queues a run.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Enter(CancellationToken cancellationToken) => _turn.Wait(cancellationToken);

    /// <summary>Lets the next thread queue a run.</summary>
    public void Leave() => _turn.Release();

    /// <summary>The number of one more graph of the provider; <see langword="null"/> if there are enough.</summary>
    public int? NextGraph() => _graphs < OrtModelGraph.MostGraphs ? ++_graphs : null;

    /// <summary>A run is queued that its thread still waits for.</summary>
    public void Queued() => Interlocked.Increment(ref _inFlight);

    /// <summary>That run has ended.</summary>
    public void Ended() => Interlocked.Decrement(ref _inFlight);

    /// <summary>
    /// Waits for runs in flight, before ONNX Runtime copies from or to host memory: it copies inputs outside of the stream, to
    /// memory that a run in flight may still read.
    /// </summary>
    public void Settle()
    {
        if (Volatile.Read(ref _inFlight) > 0) Native.Synchronize();
    }

    /// <summary>Called before ONNX Runtime's run.</summary>
    public void BeforeModel()
    {
        if (!_isShared) Native.Synchronize();
    }

    /// <summary>Waits until the stream is idle, whatever became of its work.</summary>
    /// <returns>The error of a GPU that is lost. Another error of the stream says less than that of the run.</returns>
    public DeviceLostException? Drain()
    {
        try
        {
            Native.Synchronize();
            return null;
        }
        catch (CudaException e)
        {
            return e as DeviceLostException;
        }
    }

    public void Dispose()
    {
        Native.Dispose();
        _turn.Dispose();
    }
}
