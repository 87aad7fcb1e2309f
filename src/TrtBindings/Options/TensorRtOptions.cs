using TrtBindings.Options;

namespace TrtBindings;

/// <summary>
/// Options for running a model on TensorRT and for building its engine. Every option that changes the engine is part of its
/// key in the cache: with other options another engine is looked up. <see langword="null"/> means TensorRT's own default.
/// </summary>
public sealed record TensorRtOptions
{
    private const int DefaultConcurrentRuns = 4;
    private const long DefaultCacheSizeLimit = 16L << 30;

    /// <summary>
    /// A ready engine file, from trtexec, an Ultralytics export or <c>BuildEngine</c>; <see langword="null"/> looks in the
    /// cache. An engine is code that runs in this process: use only a file whose origin you trust.
    /// </summary>
    public string? EngineFile { get; set; }

    /// <summary>
    /// Allows loading to build an engine. <see cref="TrtBindings.BuildPolicy.Never"/> by default, because a build can take
    /// minutes and a program should not start one unasked.
    /// </summary>
    public BuildPolicy BuildPolicy { get; set; }

    /// <summary>
    /// Precision to compute in; <see langword="null"/> takes the item's <c>TrtPrecision</c>, and without that 32-bit floats.
    /// </summary>
    public ModelPrecision? Precision { get; set; }

    /// <summary>
    /// Sizes to build for; empty takes the item's <c>TrtProfile</c>. With several profiles, each run uses the one that fits
    /// its sizes most tightly. A model without dynamic dimensions needs none.
    /// </summary>
    public IList<TensorRtProfile> Profiles { get; set; } = [];

    /// <summary>
    /// Allows 32-bit matrix products and convolutions to round their factors to 10 bits (TF32). Off, unlike in TensorRT
    /// itself, because results then differ from the CPU's in the third digit.
    /// </summary>
    public bool AllowTf32 { get; set; }

    /// <summary>
    /// Most device memory, in bytes, that a layer may use as scratch memory (TensorRT's workspace); at least 1.
    /// <see langword="null"/> allows all of the GPU's memory.
    /// </summary>
    public long? WorkspaceBytes { get; set; }

    /// <summary>
    /// Effort of TensorRT's search for the fastest kernels, from 0 to 5; <see langword="null"/> is TensorRT's own default, 3.
    /// Higher levels build longer and may run faster.
    /// </summary>
    public int? OptimizationLevel { get; set; }

    /// <summary>
    /// Builds an engine whose weights <c>Refit</c> can replace later without a build. Costs some speed.
    /// </summary>
    public bool Refittable { get; set; }

    /// <summary>
    /// Leaves the weights out of the engine file, which makes it small. Each load reads them from the .onnx.
    /// </summary>
    public bool StripWeights { get; set; }

    /// <summary>
    /// Builds an engine that later versions of TensorRT of the same major can run. The engine carries its own lean runtime,
    /// which is code in the file; loading such an engine needs this option too.
    /// </summary>
    public bool VersionCompatible { get; set; }

    /// <summary>The GPUs that the engine can run on. By default only the GPU model that built it.</summary>
    public HardwareCompatibility HardwareCompatibility { get; set; }

    /// <summary>
    /// Sample inputs for <see cref="ModelPrecision.Int8"/> on TensorRT 10; <see langword="null"/> for a model that is
    /// quantized already. TensorRT 11 has no calibration and refuses it.
    /// </summary>
    public ICalibrationSource? Calibration { get; set; }

    /// <summary>How a new engine is compared with ONNX Runtime on the processor before it is kept.</summary>
    public ParityOptions Parity { get; set; } = new();

    /// <summary>
    /// Folder of the engine cache, which nobody else may be able to write to; <see langword="null"/> for the user's own
    /// (<c>trtbindings/engines</c> under XDG_CACHE_HOME or ~/.cache, ~/Library/Caches, %LocalAppData%).
    /// </summary>
    public string? CacheFolder { get; set; }

    /// <summary>
    /// Most bytes of engines to keep in the cache, at least 1. The least recently used engines are removed first; the newest
    /// always stays. 16 GiB by default.
    /// </summary>
    public long CacheSizeLimit { get; set; } = DefaultCacheSizeLimit;

    /// <summary>
    /// Shares kernel timings between builds on the same GPU and TensorRT version, in a file beside the engines. On by default:
    /// the next build of a similar model is much shorter.
    /// </summary>
    public bool UseTimingCache { get; set; } = true;

    /// <summary>
    /// Path of libnvinfer (nvinfer.dll) or of its folder; <see langword="null"/> looks in the usual places. The parser, the
    /// plug-ins and the builder resource are taken from the same folder.
    /// </summary>
    public string? LibraryPath { get; set; }

    /// <summary>
    /// Paths of your own plug-in libraries, which are loaded before an engine is built or opened. NVIDIA's are found without.
    /// </summary>
    public IList<string> PluginLibraries { get; set; } = [];

    /// <summary>
    /// Runs of one model that may be in flight at the same time, at least 1; further ones wait. 4 by default: each needs its
    /// own scratch memory on the device, and more than a few do not make one GPU faster.
    /// </summary>
    public int MaxConcurrentRuns { get; set; } = DefaultConcurrentRuns;

    /// <summary>
    /// Captures runs whose sizes come again as a CUDA graph and replays it, which saves the time to launch many small kernels.
    /// On by default. A graph is used if its first result equals a plain run's and if it saves a tenth of the time or more; an
    /// engine that cannot be captured runs without.
    /// </summary>
    public bool UseCudaGraphs { get; set; } = true;

    /// <summary>
    /// A stream of the application (<c>CUstream</c> or <c>cudaStream_t</c>) to queue runs on, in order with the application's
    /// own work; 0 for streams of the library's own. It must belong to the GPU's primary context, not wait for the default
    /// stream (<c>cudaStreamNonBlocking</c>), and outlive the model.
    /// </summary>
    public nint Stream { get; set; }

    /// <summary>
    /// Gets the progress of a build that loading starts (<see cref="BuildPolicy.WhenMissing"/>). Called from TensorRT's threads.
    /// </summary>
    public IProgress<BuildProgress>? Progress { get; set; }

    /// <summary>
    /// Writes a line to the standard error when loading starts to build an engine and another when the build ends, if there is
    /// no <see cref="ModelOptions.Logger"/>. On by default; nothing else ever goes to the console.
    /// </summary>
    public bool AnnounceBuilds { get; set; } = true;

    /// <summary>The CUDA driver's library; <see langword="null"/> for the system's. For tests on a stand-in driver.</summary>
    internal string? CudaLibraryPath { get; set; }

    /// <summary>A checked copy that shares no collection with this one.</summary>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    internal TensorRtOptions Snapshot()
    {
        const string Here = nameof(TensorRtOptions);
        OptionCheck.Defined(BuildPolicy, Here, nameof(BuildPolicy));
        if (Precision is { } precision) OptionCheck.Defined(precision, Here, nameof(Precision));
        if (WorkspaceBytes is { } bytes) OptionCheck.AtLeast(1, bytes, Here, nameof(WorkspaceBytes));
        if (OptimizationLevel is < 0 or > 5)
            OptionCheck.Throw(Here, nameof(OptimizationLevel), $"is {OptimizationLevel}, and the levels are 0 to 5");
        OptionCheck.Defined(HardwareCompatibility, Here, nameof(HardwareCompatibility));
        OptionCheck.NotBlank(EngineFile, Here, nameof(EngineFile));
        OptionCheck.NotBlank(CacheFolder, Here, nameof(CacheFolder));
        OptionCheck.NotBlank(LibraryPath, Here, nameof(LibraryPath));
        OptionCheck.AtLeast(1, CacheSizeLimit, Here, nameof(CacheSizeLimit));
        OptionCheck.AtLeast(1, MaxConcurrentRuns, Here, nameof(MaxConcurrentRuns));
        OptionCheck.NotNull(Profiles, Here, nameof(Profiles));
        OptionCheck.NotNull(PluginLibraries, Here, nameof(PluginLibraries));
        OptionCheck.NotNull(Parity, Here, nameof(Parity));
        foreach (var profile in Profiles) OptionCheck.NotNull(profile, Here, nameof(Profiles));
        foreach (var library in PluginLibraries)
            if (string.IsNullOrWhiteSpace(library)) OptionCheck.Throw(Here, nameof(PluginLibraries), "has an empty path");
        return this with
        {
            Profiles = [.. Profiles.Select(profile => profile.Copy())],
            PluginLibraries = [.. PluginLibraries],
            Parity = Parity.Snapshot(),
        };
    }
}

/// <summary>Permission for loading a model to build an engine, which takes seconds to many minutes.</summary>
public enum BuildPolicy
{
    /// <summary>
    /// Loading never builds. Without a ready engine TensorRT is rejected, with a reason that says how to get one, and the next
    /// backend is used.
    /// </summary>
    Never,

    /// <summary>Loading builds an engine if the cache has none that fits. A log line says so before the build starts.</summary>
    WhenMissing,
}

/// <summary>The GPUs that an engine can run on, besides those of the model that built it.</summary>
public enum HardwareCompatibility
{
    /// <summary>Only the GPU model that built it. This gives the fastest engine, and is TensorRT's default.</summary>
    None,

    /// <summary>Every GPU from Ampere (compute capability 8.0) on. Slower, because no newer instructions are used.</summary>
    AmpereAndNewer,

    /// <summary>Every GPU of the same compute capability. From TensorRT 10.9 on.</summary>
    SameComputeCapability,
}
