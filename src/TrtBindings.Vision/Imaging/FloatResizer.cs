using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images to pixels of four floats, red, green, blue and 0, and hands out the rows of a crop; as torch's
/// <c>interpolate</c> with corners not aligned, in the rounding of its AVX2 code with several threads. Keeps its buffers. Not
/// thread-safe.
/// </summary>
internal abstract class FloatResizer
{
    /// <summary>The resizer of a filter.</summary>
    public static FloatResizer Of(ResizeFilter filter, bool antialiased) => filter switch
    {
        ResizeFilter.Nearest => new TorchNearest(NearestRule.Torch),
        ResizeFilter.NearestExact => new TorchNearest(NearestRule.TorchExact),
        ResizeFilter.Area => new TorchArea(),
        _ => new TorchResizer(filter, antialiased),
    };

    /// <summary>Begins an image.</summary>
    /// <exception cref="ImageException">The image is empty or too large.</exception>
    public abstract void Begin(ImageView image, in CropGeometry crop);

    /// <summary>One row of the crop. Valid until the next call.</summary>
    /// <param name="image">The image of <see cref="Begin"/>.</param>
    /// <param name="y">The row.</param>
    /// <param name="tables">What each value of red, of green and of blue becomes before the resize; 256 numbers each.</param>
    public abstract ReadOnlySpan<Vector128<float>> Row(ImageView image, int y, ReadOnlySpan<float> tables);
}
