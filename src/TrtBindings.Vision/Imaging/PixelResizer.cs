namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images to 8-bit pixels and hands out the rows of a crop. Keeps its buffers. Not thread-safe.
/// </summary>
internal abstract class PixelResizer
{
    /// <summary>
    /// Bytes of a pixel of the result: red, green, blue and an unused one, so that pixels fill vectors without gaps.
    /// </summary>
    public const int Lanes = 4;

    /// <summary>Begins an image.</summary>
    /// <exception cref="ImageException">The image is empty or too large.</exception>
    public abstract void Begin(ImageView image, in CropGeometry crop);

    /// <summary>One row of the crop. Valid until the next call.</summary>
    /// <param name="image">The image of <see cref="Begin"/>.</param>
    /// <param name="y">The row; fastest from the top down.</param>
    public abstract ReadOnlySpan<byte> Row(ImageView image, int y);

    /// <summary>Writes every row of a resized image, without a crop.</summary>
    /// <exception cref="ImageException">The image is empty or too large.</exception>
    public void Run(ImageView image, int width, int height, InputPlanes planes)
    {
        Begin(image, CropGeometry.Stretched(width, height));
        for (var y = 0; y < height; y++) planes.WriteRow(y, Row(image, y));
    }
}
