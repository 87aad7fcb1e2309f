using System.Globalization;
using TrtBindings.Model;

namespace TrtBindings.Vision;

/// <summary>
/// The sizes of a YOLO-seg model that an engine runs it with, checked against what the model declares.
/// </summary>
internal sealed class YoloSegLayout
{
    private const int DefaultSide = 640;

    private readonly ModelSignature _signature;

    private YoloSegLayout(ModelSignature signature, YoloSegForm form)
    {
        _signature = signature;
        Form = form;
        ClassCount = signature.Labels.Count;
    }

    /// <summary>Layout of output 0.</summary>
    public YoloSegForm Form { get; }

    /// <summary>Class labels of the model; 0 if it has none, which leaves the number of classes to output 0.</summary>
    public int ClassCount { get; }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch { get; private init; }

    /// <summary>Whether the model runs <see cref="MaxBatch"/> images every time.</summary>
    public bool IsBatchFixed { get; private init; }

    /// <summary>Input width in pixels.</summary>
    public int InputWidth { get; private init; }

    /// <summary>Input height in pixels.</summary>
    public int InputHeight { get; private init; }

    /// <summary>Works out the sizes.</summary>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static YoloSegLayout Of(
        ModelSignature signature, ModelDescription file, YoloSegForm form, YoloSegOptions options)
    {
        if (signature.Inputs.Count != 1 || signature.Outputs.Count != 2)
        {
            throw new TensorException(signature.File, $"'{signature.File}' has {signature.Inputs.Count} inputs and "
                + $"{signature.Outputs.Count} outputs; a YOLO-seg model has 1 and 2.");
        }

        var input = Declared(signature.Inputs[0], 4, "[batch, 3, height, width]");
        var predictions = Declared(signature.Outputs[0], 3, form == YoloSegForm.Dense
            ? "[batch, 4 + classes + coefficients, anchors]" : "[batch, rows, 6 + coefficients]");
        var prototypes = Declared(signature.Outputs[1], 4, "[batch, coefficients, height / 4, width / 4]");
        if (input[1].IsFixed && input[1].Value != 3)
            throw Wrong(signature.Inputs[0], "must have 3 channels");
        var size = ImageSize(file);
        var layout = new YoloSegLayout(signature, form)
        {
            MaxBatch = BatchOf(signature, input[0], options.MaxBatch),
            IsBatchFixed = input[0].IsFixed,
            InputHeight = Side(signature, input[2], options.InputHeight, size.Height, nameof(options.InputHeight)),
            InputWidth = Side(signature, input[3], options.InputWidth, size.Width, nameof(options.InputWidth)),
        };
        if (3L * layout.MaxBatch * layout.InputWidth * layout.InputHeight > int.MaxValue)
        {
            throw new TensorException(signature.Inputs[0].Name, $"{layout.MaxBatch} images of {layout.InputWidth} x "
                + $"{layout.InputHeight} are more elements than a span holds; use a smaller batch or size.");
        }

        // A dimension that is not fixed has the value -1 here; it is checked when the backend reports it.
        if (prototypes[1].IsFixed)
            layout.CheckPredictions(predictions[1].Value, predictions[2].Value, prototypes[1].Value);
        return layout;
    }

    /// <summary>The values of the model's dynamic dimensions for a batch.</summary>
    public long[] ValuesOf(IReadOnlyList<DynamicDimension> dimensions, int batch)
    {
        var values = new long[dimensions.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = dimensions[i].Axis switch
            {
                0 => batch,
                1 => 3,
                2 => InputHeight,
                _ => InputWidth,
            };
        }

        return values;
    }

    /// <summary>The outputs of one image of a batch, their shapes checked.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public YoloSegHead HeadOf(OutputTensor<float> predictions, OutputTensor<float> prototypes, int batch, int item)
    {
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

    private void CheckPredictions(long rows, long columns, long coefficients)
    {
        var output = _signature.Outputs[0];
        if (Form == YoloSegForm.EndToEnd)
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

    private static int BatchOf(ModelSignature signature, Dimension declared, int wanted)
    {
        if (!declared.IsFixed) return wanted;
        if (wanted <= declared.Value) return checked((int)declared.Value);
        throw new TensorException(signature.Inputs[0].Name, $"MaxBatch is {wanted}, but '{signature.File}' was "
            + $"exported for a batch of {declared.Value}. Export it with a dynamic batch, or ask for less.");
    }

    private static int Side(ModelSignature signature, Dimension declared, int? wanted, int? exported, string option)
    {
        if (!declared.IsFixed) return wanted ?? exported ?? DefaultSide;
        if (wanted is null || wanted == declared.Value) return checked((int)declared.Value);
        throw new TensorException(signature.Inputs[0].Name,
            $"{option} is {wanted}, but '{signature.File}' was exported for {declared.Value}. Leave the option out.");
    }

    /// <summary>
    /// Ultralytics' <c>imgsz</c>, the text <c>[height, width]</c>; nothing if it is absent or anything else.
    /// </summary>
    private static (int? Height, int? Width) ImageSize(ModelDescription file)
    {
        var text = file.FindMetadata("imgsz")?.Trim().Trim('[', ']', '(', ')');
        var parts = text?.Split(',', StringSplitOptions.TrimEntries);
        return parts is { Length: 2 } && TrySide(parts[0], out var height) && TrySide(parts[1], out var width)
            ? (height, width)
            : (null, null);
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) && side > 0;

    private static TensorException Wrong(TensorDescription tensor, string problem) =>
        new(tensor.Name, $"'{tensor}' {problem}. This is not the YOLO-seg layout that the model class declares.");

    private static TensorException Unexpected(TensorBuffer tensor, int batch) => new(tensor.Name,
        $"'{tensor.Name}' came back as [{string.Join(", ", tensor.Lengths.ToArray())}] for a batch of {batch}.");
}
