namespace TrtBindings.Vision.Gpu;

/// <summary>Formats that a frame has beside those of <see cref="PixelFormat"/>; see native/kernels/frame.h.</summary>
internal static class FrameFormat
{
    /// <summary>A plane of Y and one of alternating U and V.</summary>
    public const int Nv12 = 5;

    /// <summary>Planes of Y, U and V.</summary>
    public const int I420 = 6;
}
