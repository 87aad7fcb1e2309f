using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>Sets TensorRT's configuration as the settings say.</summary>
internal static class BuildConfiguration
{
    /// <summary>Everything but profiles, timing cache, monitor and calibrator.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses an option.</exception>
    public static void Apply(TrtBuilderConfig config, BuildSettings settings)
    {
        foreach (var (precision, flag) in new[]
        {
            (BuildPrecision.Float16, TrtBuilderFlag.Fp16), (BuildPrecision.BFloat16, TrtBuilderFlag.Bf16),
            (BuildPrecision.Int8, TrtBuilderFlag.Int8), (BuildPrecision.Float8, TrtBuilderFlag.Fp8),
        })
        {
            if (settings.Precision.HasFlag(precision)) config.SetFlag(flag);
        }

        // On unless it is cleared.
        config.SetFlag(TrtBuilderFlag.Tf32, settings.Tf32);
        if (settings.Refittable) config.SetFlag(TrtBuilderFlag.Refit);
        if (settings.StripWeights)
        {
            config.SetFlag(TrtBuilderFlag.StripPlan);
            // Only the model's own weights come back: the engine may be as fast as one that keeps them.
            if (!settings.Refittable) config.SetFlag(TrtBuilderFlag.RefitIdentical);
        }

        if (settings.VersionCompatible) config.SetFlag(TrtBuilderFlag.VersionCompatible);
        // Refused unless the flag before it is set.
        if (settings.ExcludeLeanRuntime) config.SetFlag(TrtBuilderFlag.ExcludeLeanRuntime);
        if (settings.WorkspaceBytes is { } bytes) config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, bytes);
        if (settings.OptimizationLevel is { } level) config.SetBuilderOptimizationLevel(level);
        if (settings.Portability != EnginePortability.ThisModel)
        {
            config.SetHardwareCompatibilityLevel(settings.Portability == EnginePortability.AmpereAndNewer
                ? TrtHardwareCompatibilityLevel.AmperePlus
                : TrtHardwareCompatibilityLevel.SameComputeCapability);
        }
    }
}
