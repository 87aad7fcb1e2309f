using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>The numbers of flags in the loaded version. A number is the position of a bit in a word of flags.</summary>
internal static class TrtFlagNumbers
{
    /// <summary>The number of a builder flag.</summary>
    /// <exception cref="TensorRtException">The major does not have the flag.</exception>
    public static int Of(TrtBuilderFlag flag, TrtVersion version) =>
        Present(TrtReleases.NumberOf(flag, version.Major), flag.ToString(), "IBuilderConfig.setFlag", version, flag
            is TrtBuilderFlag.Fp16 or TrtBuilderFlag.Int8 or TrtBuilderFlag.Bf16
            or TrtBuilderFlag.Fp8 or TrtBuilderFlag.Int4 or TrtBuilderFlag.Fp4
            ? " There the precision is that of the model: export it with the types that it shall run in."
            : "");

    /// <summary>The number of a network creation flag.</summary>
    /// <exception cref="TensorRtException">The major does not have the flag.</exception>
    public static int Of(TrtNetworkDefinitionCreationFlag flag, TrtVersion version) =>
        Present(TrtReleases.NumberOf(flag, version.Major), flag.ToString(), "IBuilder.createNetworkV2", version, "");

    private static int Present(int number, string flag, string function, TrtVersion version, string fix) => number >= 0
        ? number
        : throw new TensorRtException(function, version.ToString(), [],
            $"cannot set {flag}: TensorRT {version.Major} does not have this flag.{fix}");
}
