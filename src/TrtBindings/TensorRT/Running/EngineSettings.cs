using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Running;

/// <summary>How a ready engine is run.</summary>
/// <param name="MaxConcurrentRuns">The most runs at a time, each with scratch memory of its own; more wait their turn.</param>
/// <param name="CudaGraphs">Whether runs of the same shapes and addresses are recorded and replayed where they can be.</param>
/// <param name="Stream">
/// The application's CUDA stream that runs are queued on, one after the other; 0 for streams of our own.
/// </param>
/// <param name="Logger">Gets TensorRT's lines and ours.</param>
/// <param name="AllowHostCode">
/// Whether an engine that carries code for the processor (a version-compatible one) is opened: only what is trusted.
/// </param>
internal sealed record EngineSettings(
    int MaxConcurrentRuns = 4, bool CudaGraphs = true, nint Stream = 0, ILogger? Logger = null, bool AllowHostCode = false)
{
    /// <summary>For tests: records runs that are known not to be recordable too.</summary>
    public bool ForceGraphs { get; init; }
}
