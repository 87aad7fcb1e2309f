namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// Position of an image in an SCRFD model's input: at the top left, scaled to fit, with one side truncated to a whole number.
/// </summary>
/// <param name="ImageWidth">Width of the image.</param>
/// <param name="ImageHeight">Height of the image.</param>
/// <param name="Placement">Position and size of the scaled image.</param>
/// <param name="Scale">
/// Scaled height / height, by which both coordinates of a result are divided. The width's factor can differ slightly.
/// </param>
internal readonly record struct ScrfdGeometry(int ImageWidth, int ImageHeight, InputPlacement Placement, float Scale)
{
    /// <summary>
    /// InsightFace's <c>detect</c>, with ratio = height / width of the image: an image that is taller than the input in
    /// proportion gets the input's height and the width int(height / ratio); any other gets the input's width and the height
    /// int(width * ratio).
    /// </summary>
    public static ScrfdGeometry Fit(int imageWidth, int imageHeight, int inputWidth, int inputHeight)
    {
        var ratio = imageHeight / (double)imageWidth;
        var (width, height) = ratio > inputHeight / (double)inputWidth
            ? ((int)(inputHeight / ratio), inputHeight)
            : (inputWidth, (int)(inputWidth * ratio));
        // InsightFace fails if a side becomes 0.
        (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
        return new(
            imageWidth, imageHeight, new(inputWidth, inputHeight, width, height), (float)(height / (double)imageHeight));
    }
}
