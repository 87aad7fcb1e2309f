using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision.Classification;

/// <summary>The shapes of a classification model, checked against what it declares and what the backend reports.</summary>
internal sealed class ClassificationLayout
{
    private readonly int _labels;

    private ClassificationLayout(ImageInput input, int labels) => (Input, _labels) = (input, labels);

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static ClassificationLayout Of(
        ModelSignature signature, ModelDescription file, ClassificationForm form, ClassificationOptions options)
    {
        if (signature.Outputs.Count != 1
            || signature.Outputs[0] is not { Kind: ValueKind.Tensor, ElementType: ElementType.Float })
        {
            throw new TensorException(signature.File,
                $"'{signature.File}' must have one float output with a number for each class to be a classification model.");
        }

        return new(
            ImageInput.Of(signature, file, new("classification", nameof(ClassificationOptions))
            {
                MaxBatch = options.MaxBatch,
                Width = options.InputWidth,
                Height = options.InputHeight,
                DefaultWidth = 224,
                DefaultHeight = 224,
                TakesGray = true,
                IsChannelsLast = form == ClassificationForm.ChannelsLast,
            }),
            signature.Labels.Count);
    }

    /// <summary>The numbers of one image of a batch.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public ReadOnlySpan<float> ValuesOf(IReadOnlyList<TensorBuffer> outputs, int batch, int item)
    {
        var output = (OutputTensor<float>)outputs[0];
        var lengths = output.Lengths;
        // One dimension beyond the batch is the classes; the others are 1.
        var classes = 1;
        foreach (var length in lengths.Length > 1 ? lengths[1..] : [])
        {
            if (length != 1 && classes != 1) throw Unexpected(output, batch);
            classes *= (int)length;
        }

        if (lengths.Length < 2 || lengths[0] != batch || classes < 1 || (_labels > 0 && classes != _labels))
            throw Unexpected(output, batch);
        return output.Span.Slice(item * classes, classes);
    }

    private TensorException Unexpected(TensorBuffer tensor, int batch) => new(tensor.Name,
        $"'{tensor.Name}' came back as [{string.Join(", ", tensor.Lengths.ToArray())}] for a batch of {batch}"
        + (_labels > 0 ? $" and {_labels} labels." : ".") + " [batch, classes] is wanted.");
}
