namespace TrtBindings.Vision.Imaging;

/// <summary>Letterboxes 8-bit images into a model's input in one pass. Keeps its buffers. Not thread-safe.</summary>
internal sealed class LetterboxResizer
{
    /// <summary>Brightness of the padding, with which Ultralytics' models are trained.</summary>
    public const byte PadValue = 114;

    private readonly LinearResizer _resizer = new();

    /// <summary>Writes [3, height, width] planes of red, green and blue in 0 to 1, padding included.</summary>
    /// <param name="image">The image.</param>
    /// <param name="destination">The planes; with a stride, of the padded size.</param>
    /// <param name="width">Width that the image is fitted into.</param>
    /// <param name="height">Height that the image is fitted into.</param>
    /// <param name="stride">Multiple that the image is padded to; 0 to pad it to the whole size.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    public LetterboxGeometry Run(ImageView image, Span<float> destination, int width, int height, int stride = 0)
    {
        image.ThrowIfEmpty();
        var geometry = LetterboxGeometry.Of(image.Width, image.Height, width, height, stride);
        var placement = geometry.Placement;
        var planes = new InputPlanes(destination, placement, PixelEncoding.UnitRange);
        planes.Pad(PixelEncoding.UnitRange.Of(PadValue));
        _resizer.Run(image, placement.Width, placement.Height, planes);
        return geometry;
    }
}
