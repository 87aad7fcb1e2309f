namespace TrtBindings.Vision.Imaging;

/// <summary>A resize of a whole image and a crop of the result.</summary>
/// <param name="ResizedWidth">Width after the resize.</param>
/// <param name="ResizedHeight">Height after the resize.</param>
/// <param name="Left">First column of the crop.</param>
/// <param name="Top">First row of the crop.</param>
/// <param name="Width">Width of the crop.</param>
/// <param name="Height">Height of the crop.</param>
/// <param name="Factor">
/// The factor that OpenCV's resize was given in place of a size, which moves its positions by a hair; otherwise 0.
/// </param>
internal readonly record struct CropGeometry(
    int ResizedWidth, int ResizedHeight, int Left, int Top, int Width, int Height, double Factor = 0)
{
    /// <summary>
    /// torchvision's <c>Resize(side)</c> and <c>CenterCrop</c>: the shorter side becomes <paramref name="shortSide"/>, the
    /// longer int(side * long / short); the crop starts at round((resized - crop) / 2), half to even.
    /// </summary>
    public static CropGeometry OfShortSide(int imageWidth, int imageHeight, int shortSide, int width, int height)
    {
        var longSide = (long)shortSide * Math.Max(imageWidth, imageHeight) / Math.Min(imageWidth, imageHeight);
        if (longSide > int.MaxValue / 8)
        {
            throw new ImageException($"An image of {imageWidth} x {imageHeight} would become {longSide:N0} pixels long with "
                + $"its shorter side at {shortSide}. Cut it into parts.");
        }

        return imageWidth <= imageHeight
            ? Centred(shortSide, (int)longSide, width, height)
            : Centred((int)longSide, shortSide, width, height);
    }

    /// <summary>A crop in the middle of the resized image.</summary>
    public static CropGeometry Centred(int resizedWidth, int resizedHeight, int width, int height) => new(
        resizedWidth, resizedHeight, (int)Math.Round((resizedWidth - width) / 2.0),
        (int)Math.Round((resizedHeight - height) / 2.0), width, height);

    /// <summary>The whole image, with each side resized by its own factor.</summary>
    public static CropGeometry Stretched(int width, int height) => new(width, height, 0, 0, width, height);

    /// <summary>
    /// OpenCV's <c>blobFromImage</c> with <c>crop=True</c>: one factor in single precision that covers the input, sides rounded
    /// half to even, the corner of the middle truncated.
    /// </summary>
    public static CropGeometry OfBlob(int imageWidth, int imageHeight, int width, int height)
    {
        var factor = (double)MathF.Max(width / (float)imageWidth, height / (float)imageHeight);
        var (wide, high) = ((int)Math.Round(imageWidth * factor), (int)Math.Round(imageHeight * factor));
        return new(wide, high, (int)(0.5 * (wide - width)), (int)(0.5 * (high - height)), width, height, factor);
    }
}
