namespace TrtBindings.Vision.Imaging;

/// <summary>Letterboxes 8-bit images into a model's input in one pass. Keeps its buffers. Not thread-safe.</summary>
internal sealed class LetterboxResizer
{
    /// <summary>Brightness of the padding, with which Ultralytics' models are trained.</summary>
    public const byte PadValue = 114;

    private readonly LinearResizer _resizer = new();

    /// <summary>Writes [3, height, width] planes of red, green and blue in 0 to 1, padding included.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    public LetterboxGeometry Run(ImageView image, Span<float> destination, int width, int height)
    {
        image.ThrowIfEmpty();
        var geometry = LetterboxGeometry.Fit(image.Width, image.Height, width, height);
        var placement = new InputPlacement(
            width, height, geometry.ScaledWidth, geometry.ScaledHeight, geometry.Left, geometry.Top);
        var planes = new InputPlanes(destination, placement, PixelEncoding.UnitRange);
        planes.Pad(PixelEncoding.UnitRange.Of(PadValue));
        _resizer.Run(image, placement.Width, placement.Height, planes);
        return geometry;
    }
}
