using System.ComponentModel;
using System.Numerics.Tensors;
using TrtBindings.Shapes;

namespace TrtBindings.Vision;

/// <summary>
/// Prepares an image for a YOLO model: scaled to fit, centred on grey (114), red, green and blue planes in 0 to 1. The resize is
/// bilinear on 8 bits without antialiasing and equals OpenCV's INTER_LINEAR bit for bit, which YOLO models are trained with.
/// Once a thread has called it at a size, it allocates nothing.
/// </summary>
public static class Letterbox
{
    private const string NeedsPlanes = "An image becomes three planes of colour, which takes a dense tensor [3, height, width]; "
        + "neither a grey one, [1, height, width], nor one with the channels last, [height, width, 3].";

    /// <summary>
    /// Its buffers, about 16 KB for an input of 640 x 640, stay with the thread, so that a call allocates nothing.
    /// </summary>
    [ThreadStatic]
    private static LetterboxResizer? _resizer;

    /// <summary>Writes the image into a [3, height, width] or [1, 3, height, width] tensor, padding included.</summary>
    /// <returns>Position of the image in the tensor, which converts boxes to the image.</returns>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The tensor is not of this shape.</exception>
    public static LetterboxGeometry LetterboxTo(this ImageView image, TensorSpan<float> tensor)
    {
        var lengths = tensor.Lengths;
        if (lengths.Length == 4 && lengths[0] == 1) lengths = lengths[1..];
        if (lengths.Length != 3 || lengths[0] != 3 || tensor.FlattenedLength > int.MaxValue || !tensor.IsDense)
        {
            var found = string.Join(", ", tensor.Lengths.ToArray());
            throw new TensorException("images", $"{NeedsPlanes} This one is [{found}]{(tensor.IsDense ? "" : ", not dense")}.");
        }

        Span<nint> origin = stackalloc nint[tensor.Rank];
        origin.Clear();
        var planes = tensor.GetSpan(origin, (int)tensor.FlattenedLength);
        return LetterboxTo(image, planes, (int)lengths[2], (int)lengths[1]);
    }

    /// <summary>Writes the image into a [3, height, width] tensor with that shape in its type.</summary>
    /// <typeparam name="THeight">Height of the tensor.</typeparam>
    /// <typeparam name="TWidth">Width of the tensor.</typeparam>
    /// <returns>Position of the image in the tensor, which converts boxes to the image.</returns>
    /// <exception cref="ImageException">The image is empty.</exception>
    public static LetterboxGeometry LetterboxTo<THeight, TWidth>(
        this ImageView image, TensorView<float, N<_3>, THeight, TWidth> tensor)
        where THeight : struct, IDimension
        where TWidth : struct, IDimension =>
        LetterboxTo(image, tensor.Span, (int)tensor.Length2, (int)tensor.Length1);

    /// <summary>Writes the image into a tensor whose number of channels, 3, is known only at run time.</summary>
    /// <typeparam name="THeight">Height of the tensor.</typeparam>
    /// <typeparam name="TWidth">Width of the tensor.</typeparam>
    /// <returns>Position of the image in the tensor, which converts boxes to the image.</returns>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The tensor does not have 3 channels.</exception>
    public static LetterboxGeometry LetterboxTo<THeight, TWidth>(
        this ImageView image, TensorView<float, Dynamic, THeight, TWidth> tensor)
        where THeight : struct, IDimension
        where TWidth : struct, IDimension =>
        LetterboxTo(image, tensor.Tensor);

    /// <summary>For the compiler: refuses tensors whose first dimension is fixed at another size than 3.</summary>
    /// <typeparam name="TChannels">First dimension of the tensor.</typeparam>
    /// <typeparam name="THeight">Second dimension of the tensor.</typeparam>
    /// <typeparam name="TWidth">Third dimension of the tensor.</typeparam>
    /// <returns>Nothing.</returns>
    /// <exception cref="TensorException">Always.</exception>
    [Obsolete(NeedsPlanes, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LetterboxGeometry LetterboxTo<TChannels, THeight, TWidth>(
        this ImageView image, TensorView<float, TChannels, THeight, TWidth> tensor)
        where TChannels : struct, IDimension
        where THeight : struct, IDimension
        where TWidth : struct, IDimension =>
        LetterboxTo(image, tensor.Tensor);

    /// <summary>
    /// Writes the image into 3 * height * width floats: the red plane, then green, then blue, row by row.
    /// </summary>
    /// <returns>Position of the image in the tensor, which converts boxes to the image.</returns>
    /// <exception cref="ImageException">The image is empty, or a target size is below 1.</exception>
    /// <exception cref="TensorException">The memory has another length.</exception>
    public static LetterboxGeometry LetterboxTo(this ImageView image, Span<float> planes, int width, int height)
    {
        if (width > 0 && height > 0 && planes.Length != 3L * width * height)
        {
            throw new TensorException("images", $"Planes of {width} x {height} take {3L * width * height:N0} floats, "
                + $"but {planes.Length:N0} were given.");
        }

        return (_resizer ??= new()).Run(image, planes, width, height);
    }
}
