namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Sizes that images are resized to; each exporter of Mask R-CNN rounds in its own way.</summary>
internal static class ImageSides
{
    /// <summary>
    /// Detectron2's <c>ResizeShortestEdge</c>: the shorter side becomes <paramref name="shorter"/>, unless the longer one
    /// would be above <paramref name="longer"/>; then the longer one becomes that. Both are int(x + 0.5).
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
    /// The largest size with the image's aspect ratio inside another, truncated to whole pixels; 1e-4 below a whole number
    /// counts as that number. With 1333 x 800 (800 x 1333 for an upright image) this is torchvision's size, except where
    /// rounding costs torchvision a pixel.
    /// </summary>
    public static (int Width, int Height) Fitted(int width, int height, int maxWidth, int maxHeight)
    {
        const double Hair = 1e-4;
        var scale = Math.Min(maxHeight / (double)height, maxWidth / (double)width);
        return (Math.Min(maxWidth, Side((width * scale) + Hair)), Math.Min(maxHeight, Side((height * scale) + Hair)));
    }

    /// <summary>The next multiple of 32, which can be halved five times.</summary>
    public static int Padded(int side) => (side + 31) & ~31;

    private static int Side(double side) => Math.Max((int)side, 1);
}
