using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision.YoloSeg;

/// <summary>
/// The shapes of a YOLO-seg model, checked against what it declares and against what the backend reports.
/// </summary>
internal sealed class YoloSegLayout
{
    private readonly ModelSignature _signature;

    private YoloSegLayout(ModelSignature signature, YoloForm form, ImageInput input)
    {
        _signature = signature;
        Form = form;
        Input = input;
        ClassCount = signature.Labels.Count;
    }

    /// <summary>Layout of output 0.</summary>
    public YoloForm Form { get; }

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>Class labels of the model; 0 if it has none, which leaves the number of classes to output 0.</summary>
    public int ClassCount { get; }

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static YoloSegLayout Of(
        ModelSignature signature, ModelDescription file, YoloForm form, YoloSegOptions options)
    {
        if (signature.Inputs.Count != 1 || signature.Outputs.Count != 2)
        {
            throw new TensorException(signature.File, $"'{signature.File}' has {signature.Inputs.Count} inputs and "
                + $"{signature.Outputs.Count} outputs; a YOLO-seg model has 1 and 2.");
        }

        var predictions = Declared(signature.Outputs[0], 3, form == YoloForm.Dense
            ? "[batch, 4 + classes + coefficients, anchors]" : "[batch, rows, 6 + coefficients]");
        var prototypes = Declared(signature.Outputs[1], 4, "[batch, coefficients, height / 4, width / 4]");
        var input = ImageInput.Of(signature, file, new("YOLO-seg", nameof(YoloSegOptions))
        {
            MaxBatch = options.MaxBatch,
            Width = options.InputWidth,
            Height = options.InputHeight,
        });
        var layout = new YoloSegLayout(signature, form, input);
        // A dimension that is not fixed has the value -1 here; it is checked when the backend reports it.
        if (prototypes[1].IsFixed)
            layout.CheckPredictions(predictions[1].Value, predictions[2].Value, prototypes[1].Value);
        return layout;
    }

    /// <summary>The outputs of one image of a batch, their shapes checked.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public YoloSegHead HeadOf(IReadOnlyList<TensorBuffer> outputs, int batch, int item)
    {
        var (predictions, prototypes) = ((OutputTensor<float>)outputs[0], (OutputTensor<float>)outputs[1]);
        var first = predictions.Lengths;
        var second = prototypes.Lengths;
        if (first.Length != 3 || first[0] != batch) throw Unexpected(predictions, batch);
        if (second.Length != 4 || second[0] != batch) throw Unexpected(prototypes, batch);
        var (rows, columns, coefficients) = ((int)first[1], (int)first[2], (int)second[1]);
        CheckPredictions(rows, columns, coefficients);
        var (height, width) = ((int)second[2], (int)second[3]);
        if (height < 1 || width < 1) throw Unexpected(prototypes, batch);
        var (firstLength, secondLength) = (rows * columns, coefficients * height * width);
        return new(
            Form, predictions.Span.Slice(item * firstLength, firstLength), rows, columns,
            prototypes.Span.Slice(item * secondLength, secondLength), coefficients, height, width);
    }

    /// <inheritdoc cref="StatedClass.Check"/>
    public void CheckClass(int index) => StatedClass.Check(_signature, index);

    private void CheckPredictions(long rows, long columns, long coefficients)
    {
        var output = _signature.Outputs[0];
        if (Form == YoloForm.EndToEnd)
        {
            if (columns >= 0 && columns != 6 + coefficients)
                throw Wrong(output, $"must have rows of 6 + {coefficients} numbers, as many as there are prototypes");
            return;
        }

        if (rows < 0) return;
        var classes = rows - 4 - coefficients;
        if (classes < 1)
            throw Wrong(output, $"must have 4 + classes + {coefficients} rows, as many as there are prototypes");
        if (ClassCount > 0 && classes != ClassCount)
            throw Wrong(output, $"has rows for {classes} classes, but the model has {ClassCount} labels");
    }

    private static EquatableArray<Dimension> Declared(TensorDescription tensor, int rank, string wanted)
    {
        if (tensor.Kind != ValueKind.Tensor || tensor.ElementType != ElementType.Float || tensor.Shape.Rank != rank)
            throw Wrong(tensor, $"must be float {wanted}");
        return tensor.Shape.Dimensions;
    }

    private static TensorException Wrong(TensorDescription tensor, string problem) =>
        new(tensor.Name, $"'{tensor}' {problem}. This is not the YOLO-seg layout that the model class declares.");

    private static TensorException Unexpected(TensorBuffer tensor, int batch) => new(tensor.Name,
        $"'{tensor.Name}' came back as [{string.Join(", ", tensor.Lengths.ToArray())}] for a batch of {batch}.");
}
