namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Sizes that the exporters of Mask R-CNN bring pictures to, each with its own rounding.</summary>
internal static class ImageSides
{
    /// <summary>
    /// Detectron2's <c>ResizeShortestEdge</c>: the shorter side becomes <paramref name="shorter"/>, unless the longer one
    /// would be above <paramref name="longer"/>; then that is it. Both are int(x + 0.5).
    /// </summary>
    public static (int Width, int Height) Rounded(int width, int height, int shorter, int longer)
    {
        var scale = shorter / (double)Math.Min(width, height);
        var (newWidth, newHeight) = height < width ? (scale * width, (double)shorter) : (shorter, scale * height);
        if (Math.Max(newWidth, newHeight) > longer)
        {
            scale = longer / Math.Max(newWidth, newHeight);
            (newWidth, newHeight) = (newWidth * scale, newHeight * scale);
        }

        return (Side(newWidth + 0.5), Side(newHeight + 0.5));
    }

    /// <summary>
    /// The ONNX zoo's sample: both sides int(scale * side), where the shorter one becomes <paramref name="shorter"/>, or the
    /// longer one <paramref name="longer"/> if it would be above that.
    /// </summary>
    public static (int Width, int Height) Truncated(int width, int height, int shorter, int longer)
    {
        var scale = Math.Min(shorter / (double)Math.Min(width, height), longer / (double)Math.Max(width, height));
        return (Side(scale * width), Side(scale * height));
    }

    /// <summary>
    /// The largest size of the picture's shape inside another, cut down to whole pixels; a hair below one counts as it. With
    /// a width and height of 1333 and 800 (800 and 1333 for an upright picture) this is torchvision's size, except where
    /// torchvision's product comes out that hair below, which loses it a pixel.
    /// </summary>
    public static (int Width, int Height) Fitted(int width, int height, int maxWidth, int maxHeight)
    {
        const double Hair = 1e-4;
        var scale = Math.Min(maxHeight / (double)height, maxWidth / (double)width);
        return (Math.Min(maxWidth, Side((width * scale) + Hair)), Math.Min(maxHeight, Side((height * scale) + Hair)));
    }

    /// <summary>The next multiple of 32, which five halvings leave whole.</summary>
    public static int Padded(int side) => (side + 31) & ~31;

    private static int Side(double side) => Math.Max((int)side, 1);
}
