using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>Sets TensorRT's builder configuration as the options say.</summary>
internal static class BuildConfiguration
{
    /// <summary>Sets everything but profiles, timing cache, progress monitor and calibrator.</summary>
    /// <exception cref="TensorRtException">TensorRT refuses an option.</exception>
    public static void Apply(TrtBuilderConfig config, EngineRecipe recipe)
    {
        var options = recipe.Options;
        if (recipe.Precision == ModelPrecision.Float16) config.SetFlag(TrtBuilderFlag.Fp16);
        if (recipe.Precision == ModelPrecision.BFloat16) config.SetFlag(TrtBuilderFlag.Bf16);
        if (recipe.AllowsInt8) config.SetFlag(TrtBuilderFlag.Int8);
        if (recipe.AllowsFloat8) config.SetFlag(TrtBuilderFlag.Fp8);
        // TensorRT's default is on.
        config.SetFlag(TrtBuilderFlag.Tf32, options.AllowTf32);
        if (options.Refittable) config.SetFlag(TrtBuilderFlag.Refit);
        if (options.StripWeights)
        {
            config.SetFlag(TrtBuilderFlag.StripPlan);
            // Only the model's own weights come back, so the engine can be as fast as one that keeps them.
            if (!options.Refittable) config.SetFlag(TrtBuilderFlag.RefitIdentical);
        }

        if (options.VersionCompatible)
        {
            config.SetFlag(TrtBuilderFlag.VersionCompatible);
            // TensorRT refuses this flag without the one before it.
            if (!recipe.CarriesLeanRuntime) config.SetFlag(TrtBuilderFlag.ExcludeLeanRuntime);
        }

        // Only with all details the inspector tells which type a layer computes in.
        config.SetProfilingVerbosity(TrtProfilingVerbosity.Detailed);
        if (options.WorkspaceBytes is { } bytes) config.SetMemoryPoolLimit(TrtMemoryPoolType.Workspace, bytes);
        if (options.OptimizationLevel is { } level) config.SetBuilderOptimizationLevel(level);
        if (options.HardwareCompatibility != HardwareCompatibility.None)
        {
            config.SetHardwareCompatibilityLevel(options.HardwareCompatibility == HardwareCompatibility.AmpereAndNewer
                ? TrtHardwareCompatibilityLevel.AmperePlus
                : TrtHardwareCompatibilityLevel.SameComputeCapability);
        }
    }
}
