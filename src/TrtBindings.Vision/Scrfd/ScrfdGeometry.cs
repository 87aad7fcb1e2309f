using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// Where an image lies in an SCRFD model's input: at the top left, scaled to fit with one side cut down to a whole number.
/// </summary>
/// <param name="ImageWidth">Width of the image.</param>
/// <param name="ImageHeight">Height of the image.</param>
/// <param name="Placement">Where it lies.</param>
/// <param name="Scale">
/// Scaled height / height, by which both coordinates of a result are divided; the width's own factor can differ a little.
/// </param>
internal readonly record struct ScrfdGeometry(int ImageWidth, int ImageHeight, InputPlacement Placement, float Scale)
{
    /// <summary>
    /// InsightFace's <c>detect</c>: an image that is relatively higher than the input gets its height and the width
    /// int(height / ratio); any other its width and the height int(width * ratio), with ratio = height / width of the image.
    /// </summary>
    public static ScrfdGeometry Fit(int imageWidth, int imageHeight, int inputWidth, int inputHeight)
    {
        var ratio = imageHeight / (double)imageWidth;
        var (width, height) = ratio > inputHeight / (double)inputWidth
            ? ((int)(inputHeight / ratio), inputHeight)
            : (inputWidth, (int)(inputWidth * ratio));
        // InsightFace fails where a side becomes 0.
        (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
        return new(
            imageWidth, imageHeight, new(inputWidth, inputHeight, width, height), (float)(height / (double)imageHeight));
    }
}
