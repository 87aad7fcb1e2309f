namespace TrtBindings.TensorRT.Building;

/// <summary>Everything that changes an engine, and where engines are kept.</summary>
internal sealed record BuildSettings
{
    /// <summary>The profiles; none for a model without dynamic dimensions.</summary>
    public IReadOnlyList<BuildProfile> Profiles { get; init; } = [];

    /// <summary>Types to compute in besides 32-bit floats (10.x).</summary>
    public BuildPrecision Precision { get; init; }

    /// <summary>
    /// Whether every value has exactly the type that the model gives it. Always so in 11.x; in 10.x it excludes
    /// <see cref="Precision"/>.
    /// </summary>
    public bool StronglyTyped { get; init; }

    /// <summary>Whether products of 32-bit floats may be of 19 bits.</summary>
    public bool Tf32 { get; init; }

    /// <summary>Scratch memory that one layer may take; <see langword="null"/> for all that the GPU has.</summary>
    public long? WorkspaceBytes { get; init; }

    /// <summary>0 to 5: how long TensorRT looks for the fastest kernels; <see langword="null"/> for its own choice, 3.</summary>
    public int? OptimizationLevel { get; init; }

    /// <summary>Whether the engine's weights can be changed.</summary>
    public bool Refittable { get; init; }

    /// <summary>Whether the engine is kept without its weights, which come from the model at each load.</summary>
    public bool StripWeights { get; init; }

    /// <summary>Whether later versions of TensorRT run the engine too.</summary>
    public bool VersionCompatible { get; init; }

    /// <summary>
    /// Whether a version-compatible engine comes without the lean runtime of its version, which then has to be there where
    /// another version shall run it.
    /// </summary>
    public bool ExcludeLeanRuntime { get; init; }

    /// <summary>Which other GPU models the engine shall run on.</summary>
    public EnginePortability Portability { get; init; }

    /// <summary>Data for INT8 ranges (10.x); <see langword="null"/> for a model that has its own.</summary>
    public ICalibrationData? Calibration { get; init; }

    /// <summary>Libraries of plug-ins that the model needs besides NVIDIA's own, by path; the host has loaded them.</summary>
    public IReadOnlyList<string> PluginLibraries { get; init; } = [];

    /// <summary>Folder of the cache; <see langword="null"/> for the user's own.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Bytes of engines that the cache keeps.</summary>
    public long CacheSizeLimit { get; init; } = long.MaxValue;

    /// <summary>Whether times that were measured are kept for later builds.</summary>
    public bool TimingCache { get; init; } = true;
}
