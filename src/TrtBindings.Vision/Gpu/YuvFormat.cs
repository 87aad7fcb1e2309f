namespace TrtBindings.Vision;

/// <summary>How a YUV picture lies in memory.</summary>
public enum YuvFormat
{
    /// <summary>A plane of Y, and one of alternating U and V: what most decoders write.</summary>
    Nv12,

    /// <summary>Planes of Y, U and V.</summary>
    I420,

    /// <summary>As <see cref="Nv12"/> with 10 bits a channel. Refused: engines take 8.</summary>
    P010,
}

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

/// <summary>What the numbers of a YUV picture mean.</summary>
/// <param name="Matrix">The matrix.</param>
/// <param name="Range">The range.</param>
public readonly record struct YuvColors(YuvMatrix Matrix, YuvRange Range);

/// <summary>Where the planes of a YUV picture are on the GPU.</summary>
/// <param name="Y">Address of Y.</param>
/// <param name="PitchY">Bytes from one row of Y to the next.</param>
/// <param name="U">Address of U, or of U and V for NV12.</param>
/// <param name="PitchU">Bytes from one row of that plane to the next.</param>
/// <param name="V">Address of V; 0 for NV12.</param>
/// <param name="PitchV">Bytes from one row of V to the next; 0 for NV12.</param>
public readonly record struct YuvPlanes(nint Y, int PitchY, nint U = 0, int PitchU = 0, nint V = 0, int PitchV = 0);
