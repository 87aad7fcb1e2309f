namespace TrtBindings;

/// <content>What changes no engine: where they are kept, which libraries are taken, how runs go.</content>
public sealed partial record TensorRtOptions
{
    private const int MaxOptimizationLevel = 5;
    private const int DefaultConcurrentRuns = 4;
    private const long DefaultCacheSizeLimit = 16L << 30;

    /// <summary>
    /// Folder of built engines, which nobody else may be able to write to; <see langword="null"/> for the user's own
    /// (<c>trtbindings/engines</c> under XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LocalAppData%).
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>
    /// Bytes of engines that the folder keeps: the ones used longest ago go first, and the newest stays in any case. 16 GiB by
    /// default, some dozens of engines.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or negative.</exception>
    public long CacheSizeLimit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(CacheSizeLimit));
            field = value;
        }
    } = DefaultCacheSizeLimit;

    /// <summary>
    /// Whether builds on the same GPU and version share what they timed, in a file beside the engines. On: a second build of
    /// a similar model is much shorter.
    /// </summary>
    public bool TimingCache { get; init; } = true;

    /// <summary>
    /// Path of libnvinfer (nvinfer.dll), or of its folder; <see langword="null"/> looks in the usual places. Parser, plug-ins
    /// and builder resource are taken from beside it.
    /// </summary>
    public string? LibraryPath { get; init; }

    /// <summary>
    /// Plug-in libraries of your own, loaded before an engine is built or opened. NVIDIA's are found without.
    /// </summary>
    public IReadOnlyList<string> PluginLibraries { get; init; } = [];

    /// <summary>
    /// Runs of one model that may be under way at a time; further ones wait. 4 by default: each needs scratch memory of its
    /// own on the device, and more than a few do not make one GPU faster.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or negative.</exception>
    public int MaxConcurrentRuns
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value, nameof(MaxConcurrentRuns));
            field = value;
        }
    } = DefaultConcurrentRuns;

    /// <summary>
    /// Whether runs at sizes that come again are recorded and replayed as one CUDA graph. On: it saves the time of launching
    /// many small kernels. Where an engine cannot be recorded, runs go without by themselves.
    /// </summary>
    public bool CudaGraphs { get; init; } = true;

    /// <summary>
    /// A stream of the application (<c>CUstream</c> or <c>cudaStream_t</c>) that runs are queued on, in order with the
    /// application's own work; 0 for streams of our own. It must belong to the GPU's primary context and outlive the model.
    /// </summary>
    public nint Stream { get; init; }

    /// <summary>Is told how far a build is that <see cref="Build"/> starts. Called from TensorRT's threads.</summary>
    public IProgress<BuildProgress>? Progress { get; init; }

    /// <summary>
    /// The driver's library; <see langword="null"/> for the system's. For tests on a stand-in: an application has one driver.
    /// </summary>
    internal string? CudaLibraryPath { get; init; }

    internal static TensorRtOptions Default { get; } = new();
}
