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
