using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>The shapes of a segmentation model, checked against what it declares and what the backend reports.</summary>
internal sealed class SegmentationLayout
{
    private const int MostClasses = 256;

    private readonly ModelSignature _signature;
    private readonly SemanticSegmentationForm _form;

    private SegmentationLayout(ModelSignature signature, SemanticSegmentationForm form, ImageInput input) =>
        (_signature, _form, Input) = (signature, form, input);

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>
    /// Class index of the first label: 1 for a model of one plane with one name, which is that of its class and not of the
    /// rest.
    /// </summary>
    public int FirstLabel { get; private set; }

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static SegmentationLayout Of(
        ModelSignature signature, ModelDescription file, SemanticSegmentationForm form, SemanticSegmentationOptions options)
    {
        var output = signature.Outputs.Count > 0 ? signature.Outputs[0] : null;
        var isFit = output is { Kind: ValueKind.Tensor } && (form == SemanticSegmentationForm.Logits
            ? output.ElementType == ElementType.Float && output.Shape.Rank == 4
            : LabelMapReader.CanRead(output.ElementType) && output.Shape.Rank is 3 or 4);
        if (!isFit)
        {
            throw new TensorException(signature.File, $"'{signature.File}' must have as its first output "
                + (form == SemanticSegmentationForm.Logits ? "float [batch, classes, height, width]."
                    : "whole numbers [batch, height, width] or [batch, 1, height, width]."));
        }

        return new(signature, form, ImageInput.Of(
            signature, file, new("semantic segmentation", nameof(SemanticSegmentationOptions))
            {
                MaxBatch = options.MaxBatch,
                Width = options.InputWidth,
                Height = options.InputHeight,
                DefaultWidth = 520,
                DefaultHeight = 520,
                TakesGray = true,
            }));
    }

    /// <summary>Size of the first output, and for logits its classes; its shape checked.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public (int Classes, int Height, int Width) SizeOf(TensorBuffer output, int batch)
    {
        var lengths = output.Lengths;
        if (lengths.Length is < 3 or > 4 || lengths[0] != batch) throw Unexpected(output, batch);
        var (height, width) = ((int)lengths[^2], (int)lengths[^1]);
        var classes = lengths.Length == 4 ? (int)lengths[1] : 1;
        var labels = _signature.Labels.Count;
        if (height < 1 || width < 1 || classes is < 1 or > MostClasses) throw Unexpected(output, batch);
        if (_form == SemanticSegmentationForm.LabelMap)
        {
            if (classes != 1) throw Unexpected(output, batch);
        }
        else if (labels > 0 && labels != classes && !(classes == 1 && labels == 2))
        {
            throw Unexpected(output, batch);
        }

        FirstLabel = _form == SemanticSegmentationForm.Logits && classes == 1 && labels == 1 ? 1 : 0;
        return (classes, height, width);
    }

    private TensorException Unexpected(TensorBuffer tensor, int batch) => new(tensor.Name,
        $"'{tensor.Name}' came back as [{string.Join(", ", tensor.Lengths.ToArray())}] for a batch of {batch}"
        + (_signature.Labels.Count > 0 ? $" and {_signature.Labels.Count} labels" : "")
        + (_form == SemanticSegmentationForm.Logits
            ? $"; [batch, classes, height, width] with at most {MostClasses} classes is wanted."
            : "; [batch, height, width] or [batch, 1, height, width] is wanted."));
}
