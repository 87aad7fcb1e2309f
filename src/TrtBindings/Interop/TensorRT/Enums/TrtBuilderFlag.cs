namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's <c>BuilderFlag</c>, by name: the numbers differ by major version, see <see cref="TrtFlagNumbers"/>.
/// </summary>
internal enum TrtBuilderFlag
{
    Fp16,
    Int8,
    Debug,
    GpuFallback,
    Refit,
    DisableTimingCache,
    Tf32,
    SparseWeights,
    SafetyScope,
    ObeyPrecisionConstraints,
    PreferPrecisionConstraints,
    DirectIO,
    RejectEmptyAlgorithms,
    VersionCompatible,
    ExcludeLeanRuntime,
    Fp8,
    ErrorOnTimingCacheMiss,
    Bf16,
    DisableCompilationCache,
    StripPlan,
    RefitIdentical,
    WeightStreaming,
    Int4,
    RefitIndividual,
    StrictNans,
    MonitorMemory,
    Fp4,
    EditableTimingCache,
    DistributiveIndependence,
}
