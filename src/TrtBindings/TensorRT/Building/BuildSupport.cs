using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Finds options that the loaded TensorRT or the GPU does not support, before anything is built. TensorRT itself ignores some
/// of them silently.
/// </summary>
internal static class BuildSupport
{
    private static readonly (int Major, int Minor) Ampere = (8, 0);
    private static readonly (int Major, int Minor) Ada = (8, 9);

    /// <summary>Why the options cannot be built with, and the fix; <see langword="null"/> if they can.</summary>
    public static string? Problem(
        TensorRtOptions options, ModelPrecision precision, TrtVersion version, (int Major, int Minor) compute)
    {
        var isAsInModel = precision is ModelPrecision.Float32 or ModelPrecision.AsInModel;
        if (!isAsInModel && !TrtReleases.Has(TrtFeature.WeakTyping, version))
        {
            return $"TensorRT {version.Major} cannot be asked for the precision {precision}: it computes in the model's own "
                + "types. Export the model in the types that it shall run in (16-bit floats, or quantization nodes), and ask for "
                + "none here.";
        }

        if (!TrtReleases.Has(TrtFeature.Int8Calibration, version) && options.Calibration is not null)
            return $"TensorRT {version.Major} has no calibration. Quantize the model itself (QuantizeLinear and DequantizeLinear "
                + "nodes).";
        if (options.Calibration is not null && precision != ModelPrecision.Int8)
            return $"calibration is for 8-bit integers, and the precision is {precision}. Set Precision to Int8, or leave the "
                + "calibration out.";
        return precision switch
        {
            ModelPrecision.BFloat16 when compute.CompareTo(Ampere) < 0 => TooOld("BFloat16", Ampere, compute),
            ModelPrecision.Float8 when compute.CompareTo(Ada) < 0 => TooOld("Float8", Ada, compute),
            _ => HardwareProblem(options.HardwareCompatibility, version, compute),
        };
    }

    /// <summary>
    /// Whether a graph ends in rows of boxes that it has suppressed by arithmetic of its own: the overlap of every two boxes
    /// from Min, Max and Div, a comparison with a threshold, and TopK. NonMaxSuppression, one operator, is another matter.
    /// </summary>
    public static bool SuppressesBoxes(ModelDescription model)
    {
        return ((string[])["TopK", "Min", "Max", "Div"]).All(Has) && (Has("Greater") || Has("GreaterOrEqual") || Has("Less"))
            && model.Outputs.Any(output =>
                output.Shape is { IsRanked: true, Dimensions: [_, _, { IsFixed: true, Value: >= 6 }] });

        bool Has(string name) => model.Operators.Any(one => one.Name == name && one.Domain is "" or "ai.onnx");
    }

    /// <summary>
    /// Why a graph that suppresses boxes cannot be built in a precision; <see langword="null"/> if it can. Measured on TensorRT
    /// 10.6: with 16-bit floats, 52 of 106 finds on ten pictures were repetitions of others.
    /// </summary>
    public static string? OverlapProblem(ModelPrecision precision) => precision != ModelPrecision.Float16 ? null
        : "the graph computes by itself which boxes overlap (TopK, Min, Max, Div and a comparison). The areas of two boxes of "
            + "182 x 182 pixels come to more than 65504, the largest 16-bit float, so larger boxes would overlap nothing, and "
            + "objects would be found many times over. Build with Float32, or export the head without suppression, which the "
            + "vision engines do themselves.";

    private static string? HardwareProblem(
        HardwareCompatibility level, TrtVersion version, (int Major, int Minor) compute) => level switch
        {
            HardwareCompatibility.AmpereAndNewer when compute.CompareTo(Ampere) < 0 => TooOld("AmpereAndNewer", Ampere, compute),
            HardwareCompatibility.SameComputeCapability
                when !TrtReleases.Has(TrtHardwareCompatibilityLevel.SameComputeCapability, version) =>
                "SameComputeCapability came with TensorRT 10.9. Use that or a later version, or AmpereAndNewer.",
            _ => null,
        };

    private static string TooOld(string option, (int Major, int Minor) needed, (int Major, int Minor) compute) =>
        $"{option} needs a GPU of compute capability {needed.Major}.{needed.Minor} or later, and this one has "
        + $"{compute.Major}.{compute.Minor}. Leave it out on this machine.";
}
