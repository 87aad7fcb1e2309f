namespace TrtBindings.Vision;

/// <summary>What the numbers of a YUV picture mean.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Range">The range.</param>
public readonly record struct YuvColors(YuvMatrix Matrix, YuvRange Range);

/// <summary>The weights of the primary colours. The default value is none of them, and refused.</summary>
public enum YuvMatrix
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>ITU-R BT.601, of standard definition.</summary>
    Bt601,

    /// <summary>ITU-R BT.709, of high definition.</summary>
    Bt709,
}

/// <summary>The values that 8 bits of Y take. The default value is none of them, and refused.</summary>
public enum YuvRange
{
    /// <summary>Not said.</summary>
    None,

    /// <summary>16 to 235, and 16 to 240 for U and V: what nearly all video has.</summary>
    Limited,

    /// <summary>0 to 255, as in JPEG files.</summary>
    Full,
}
