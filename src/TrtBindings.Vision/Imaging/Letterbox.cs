using System.Numerics.Tensors;
using TrtBindings.Shapes;

namespace TrtBindings.Vision;

/// <summary>
/// Prepares an image for a model: scaled to fit, centred on grey (114), RGB planes in 0 to 1. Bilinear on 8 bits
/// without antialiasing, bit for bit OpenCV's INTER_LINEAR, which is what YOLO models are trained and exported with.
/// </summary>
public static class Letterbox
{
    /// <summary>Writes the image into a [3, height, width] or [1, 3, height, width] tensor, padding included.</summary>
    /// <returns>Where the image lies in the tensor; takes boxes back to the image.</returns>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The tensor has another rank or not 3 channels.</exception>
    public static LetterboxGeometry LetterboxTo(this ImageView image, TensorSpan<float> tensor)
    {
        var lengths = tensor.Lengths;
        if (lengths.Length == 4 && lengths[0] == 1) lengths = lengths[1..];
        if (lengths.Length != 3 || lengths[0] != 3 || tensor.FlattenedLength > int.MaxValue || !tensor.IsDense)
        {
            var found = string.Join(", ", tensor.Lengths.ToArray());
            throw new TensorException("images", $"An image needs a dense tensor [3, height, width], not [{found}].");
        }

        Span<nint> origin = stackalloc nint[tensor.Rank];
        origin.Clear();
        var planes = tensor.GetSpan(origin, (int)tensor.FlattenedLength);
        return LetterboxTo(image, planes, (int)lengths[2], (int)lengths[1]);
    }

    /// <summary>Writes the image into a [3, height, width] tensor whose type says so.</summary>
    /// <typeparam name="THeight">Height of the tensor.</typeparam>
    /// <typeparam name="TWidth">Width of the tensor.</typeparam>
    /// <returns>Where the image lies in the tensor; takes boxes back to the image.</returns>
    /// <exception cref="ImageException">The image is empty.</exception>
    public static LetterboxGeometry LetterboxTo<THeight, TWidth>(
        this ImageView image, TensorView<float, N<_3>, THeight, TWidth> tensor)
        where THeight : struct, IDimension
        where TWidth : struct, IDimension =>
        LetterboxTo(image, tensor.Span, (int)tensor.Length2, (int)tensor.Length1);

    /// <summary>As the other overloads, into 3 * height * width floats.</summary>
    /// <returns>Where the image lies in the tensor; takes boxes back to the image.</returns>
    /// <exception cref="ImageException">The image is empty, or a target size is below 1.</exception>
    /// <exception cref="TensorException">The memory has another length.</exception>
    public static LetterboxGeometry LetterboxTo(this ImageView image, Span<float> planes, int width, int height)
    {
        if (width > 0 && height > 0 && planes.Length != 3L * width * height)
        {
            throw new TensorException("images", $"Planes of {width} x {height} take {3L * width * height:N0} floats, "
                + $"but {planes.Length:N0} were given.");
        }

        return new LetterboxResizer().Run(image, planes, width, height);
    }
}
