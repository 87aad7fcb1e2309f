namespace TrtBindings;

/// <summary>
/// How a model runs on TensorRT, and how its engine is built. Everything that changes an engine is part of its key in the
/// cache: with other options another engine is looked for. What is <see langword="null"/> is TensorRT's own default.
/// </summary>
public sealed partial record TensorRtOptions
{
    /// <summary>
    /// A ready engine, from trtexec, an Ultralytics export or <c>BuildEngine</c>; <see langword="null"/> looks in the cache.
    /// An engine is code that runs in this process: name only a file whose origin you trust.
    /// </summary>
    public string? EngineFile { get; init; }

    /// <summary>
    /// Whether loading may build. <see cref="BuildPolicy.Never"/> by default: a start must not take minutes unasked.
    /// </summary>
    public BuildPolicy Build { get; init; }

    /// <summary>
    /// Precision to compute in; <see langword="null"/> takes what the item declares with <c>TrtPrecision</c>, and without
    /// that 32-bit floats.
    /// </summary>
    public ModelPrecision? Precision { get; init; }

    /// <summary>
    /// Sizes to build for; empty takes those that the item declares with <c>TrtProfile</c>. Of several, each run takes the
    /// one that fits its sizes most tightly. A model without dynamic dimensions needs none.
    /// </summary>
    public IReadOnlyList<TensorRtProfile> Profiles { get; init; } = [];

    /// <summary>
    /// Whether 32-bit matrix products and convolutions may round their factors to 10 bits (TF32). Off, other than in
    /// TensorRT itself, because results then differ from the processor's in the third digit.
    /// </summary>
    public bool Tf32 { get; init; }

    /// <summary>
    /// Most bytes of device memory that the layers of an engine may share as scratch; <see langword="null"/> allows all of the
    /// GPU's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or negative.</exception>
    public long? WorkspaceBytes
    {
        get;
        init
        {
            if (value is { } bytes) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(WorkspaceBytes));
            field = value;
        }
    }

    /// <summary>
    /// How hard TensorRT searches, from 0 to 5; <see langword="null"/> is its own default, 3. Higher levels build longer and
    /// may run faster.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 5.</exception>
    public int? OptimizationLevel
    {
        get;
        init
        {
            if (value is < 0 or > MaxOptimizationLevel)
                throw new ArgumentOutOfRangeException(nameof(OptimizationLevel), value, "The levels are 0 to 5.");
            field = value;
        }
    }

    /// <summary>Whether weights can be replaced later without a build. Costs some speed.</summary>
    public bool Refittable { get; init; }

    /// <summary>
    /// Whether weights are left out of the engine's file, which then is small; they are read from the .onnx at each start,
    /// before the first run.
    /// </summary>
    public bool StripWeights { get; init; }

    /// <summary>
    /// Whether later versions of TensorRT of the same major may run it. They need the engine's own lean runtime, which is
    /// code in the file: loading allows it only where this option is set.
    /// </summary>
    public bool VersionCompatible { get; init; }

    /// <summary>Which GPUs it shall run on; by default only the GPU model that it was built on.</summary>
    public HardwareCompatibility HardwareCompatibility { get; init; }

    /// <summary>
    /// Samples for <see cref="ModelPrecision.Int8"/> on TensorRT 10; <see langword="null"/> for a model that says its ranges
    /// itself. TensorRT 11 has no calibration: there it is refused with what to do instead.
    /// </summary>
    public ICalibrationSource? Calibration { get; init; }
}
