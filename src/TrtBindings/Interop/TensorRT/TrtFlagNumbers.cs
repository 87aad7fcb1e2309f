namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The numbers of flags, which TensorRT 11 renumbered in part. A number is a bit's place in a word of flags.
/// </summary>
internal static class TrtFlagNumbers
{
    private const sbyte Absent = -1;

    /// <summary>By <see cref="TrtBuilderFlag"/>, in 11. In 10 the members' own order is the numbering.</summary>
    private static ReadOnlySpan<sbyte> Builder11 =>
    [
        Absent, Absent, 2, 3, 4, 5, 6, 7, 8, Absent, Absent, 11, Absent, 12, 13, Absent, 15, Absent, 17, 18, 19, 20, Absent, 22,
        23, 24, Absent, 26, 27,
    ];

    /// <summary>By <see cref="TrtNetworkFlag"/>, in 11.</summary>
    private static ReadOnlySpan<sbyte> Network11 => [Absent, 0, 1, 2];

    /// <summary>Whether the major of a version has a builder flag; a minor may be too old for it all the same.</summary>
    public static bool Has(TrtBuilderFlag flag, TrtVersion version) =>
        version.Major == 10 || Builder11[(int)flag] != Absent;

    /// <summary>The number of a builder flag in a version.</summary>
    /// <exception cref="TensorRtException">That major does not have it.</exception>
    public static int Of(TrtBuilderFlag flag, TrtVersion version) =>
        Present(version.Major == 10 ? (int)flag : Builder11[(int)flag], flag.ToString(), "IBuilderConfig.setFlag", version);

    /// <summary>The number of a network's creation flag in a version.</summary>
    /// <exception cref="TensorRtException">That major does not have it.</exception>
    public static int Of(TrtNetworkFlag flag, TrtVersion version) =>
        Present(version.Major == 10 ? (int)flag : Network11[(int)flag], flag.ToString(), "IBuilder.createNetworkV2", version);

    private static int Present(int number, string flag, string function, TrtVersion version)
    {
        if (number != Absent) return number;
        var fix = flag is nameof(TrtBuilderFlag.Fp16) or nameof(TrtBuilderFlag.Int8) or nameof(TrtBuilderFlag.Bf16)
            or nameof(TrtBuilderFlag.Fp8) or nameof(TrtBuilderFlag.Int4) or nameof(TrtBuilderFlag.Fp4)
            ? " There the precision is that of the model: export it with the types that it shall run in."
            : "";
        throw new TensorRtException(function, version.ToString(), [],
            $"cannot set {flag}: TensorRT {version.Major} does not have this flag.{fix}");
    }
}
