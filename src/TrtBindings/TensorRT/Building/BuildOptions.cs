using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Says before anything is built which option the loaded TensorRT or the GPU does not have: TensorRT itself would pass over
/// some of them without a word.
/// </summary>
internal static class BuildOptions
{
    private const int HighestLevel = 5;

    private static readonly (int Major, int Minor) Ampere = (8, 0);
    private static readonly (int Major, int Minor) Ada = (8, 9);

    /// <summary>Why the settings cannot be built with, and the fix; <see langword="null"/> if they can.</summary>
    public static string? Problem(BuildSettings settings, TrtVersion version, (int Major, int Minor) compute)
    {
        if (settings.OptimizationLevel is < 0 or > HighestLevel)
            return $"OptimizationLevel is {settings.OptimizationLevel}. It goes from 0 to {HighestLevel}.";
        if (settings.WorkspaceBytes <= 0)
            return $"WorkspaceBytes is {settings.WorkspaceBytes}. Give a number of bytes, or null for all that the GPU has.";
        if (settings.ExcludeLeanRuntime && !settings.VersionCompatible)
            return "ExcludeLeanRuntime is an option of version-compatible engines. Set VersionCompatible too, or neither.";
        return PrecisionProblem(settings, version, compute) ?? PortabilityProblem(settings.Portability, version, compute);
    }

    private static string? PrecisionProblem(BuildSettings settings, TrtVersion version, (int Major, int Minor) compute)
    {
        var precision = settings.Precision;
        if (!TrtReleases.Has(TrtFeature.WeakTyping, version) && precision != BuildPrecision.None)
            return $"the precision {precision} cannot be asked of TensorRT {version.Major}: there the precision is that of the "
                + "model. Export the model with the types that it shall run in (16-bit floats, or quantization nodes), and ask "
                + "for none here.";
        if (!TrtReleases.Has(TrtFeature.Int8Calibration, version) && settings.Calibration is not null)
            return $"TensorRT {version.Major} has no calibration. Quantize the model itself (QuantizeLinear and DequantizeLinear "
                + "nodes).";
        if (settings.StronglyTyped && precision != BuildPrecision.None)
            return $"a strongly typed network has the types of the model, and the precision {precision} was asked for. Leave out "
                + "one of the two.";
        if (settings.Calibration is not null && !precision.HasFlag(BuildPrecision.Int8))
            return "calibration is for 8-bit integers, and the precision does not allow them. Add Int8 to it.";
        if (precision.HasFlag(BuildPrecision.BFloat16) && compute.CompareTo(Ampere) < 0)
            return TooOld("BFloat16", Ampere, compute);
        return precision.HasFlag(BuildPrecision.Float8) && compute.CompareTo(Ada) < 0 ? TooOld("Float8", Ada, compute) : null;
    }

    private static string? PortabilityProblem(
        EnginePortability portability, TrtVersion version, (int Major, int Minor) compute) => portability switch
    {
        EnginePortability.AmpereAndNewer when compute.CompareTo(Ampere) < 0 => TooOld("AmpereAndNewer", Ampere, compute),
        EnginePortability.SameComputeCapability
            when !TrtReleases.Has(TrtHardwareCompatibilityLevel.SameComputeCapability, version) =>
            "SameComputeCapability came with TensorRT 10.9. Use that or a later one, or AmpereAndNewer.",
        _ => null,
    };

    private static string TooOld(string option, (int Major, int Minor) needed, (int Major, int Minor) compute) =>
        $"{option} needs a GPU of compute capability {needed.Major}.{needed.Minor} or later, and this one has "
        + $"{compute.Major}.{compute.Minor}. Leave it out on this machine.";
}
