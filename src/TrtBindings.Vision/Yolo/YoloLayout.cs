using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// The shapes of a YOLO model of one output, checked against what it declares and what the backend reports.
/// </summary>
internal sealed class YoloLayout
{
    private readonly ModelSignature _signature;
    private readonly string _family;
    private readonly int _others;

    private YoloLayout(ModelSignature signature, string family, YoloForm form, int others, ImageInput input)
    {
        _signature = signature;
        _family = family;
        _others = others;
        Form = form;
        Input = input;
    }

    /// <summary>Layout of the output.</summary>
    public YoloForm Form { get; }

    /// <summary>The input's sizes.</summary>
    public ImageInput Input { get; }

    /// <summary>Class labels of the model; 0 if it has none, which leaves the number of classes to the output.</summary>
    public int ClassCount => _signature.Labels.Count;

    /// <summary>Works out the sizes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="family">The family in words.</param>
    /// <param name="form">Layout of the output.</param>
    /// <param name="others">Numbers that the family adds to a box.</param>
    /// <param name="options">What the caller chose.</param>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts it.</exception>
    public static YoloLayout Of(IRunnableModel model, string family, YoloForm form, int others, YoloOptions options)
    {
        var signature = model.Signature;
        if (signature.Outputs.Count != 1
            || signature.Outputs[0] is not { Kind: ValueKind.Tensor, ElementType: ElementType.Float, Shape.Rank: 3 })
        {
            throw new TensorException(signature.File, $"'{signature.File}' must have one float output "
                + (form == YoloForm.Dense ? $"[batch, 4 + classes + {others}, anchors]" : $"[batch, rows, {6 + others}]")
                + $" to be a {family} model.");
        }

        var layout = new YoloLayout(signature, family, form, others, ImageInput.Of(
            signature, model.Description, new(family, nameof(YoloOptions))
            {
                MaxBatch = options.MaxBatch,
                Width = options.InputWidth,
                Height = options.InputHeight,
            }));
        // A dimension that is not fixed has the value -1 here; it is checked when the backend reports it.
        var declared = signature.Outputs[0].Shape.Dimensions;
        layout.Check(declared[1].Value, declared[2].Value);
        return layout;
    }

    /// <summary>The output of one image of a batch, its shape checked.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public YoloOutput OutputOf(IReadOnlyList<TensorBuffer> outputs, int batch, int item)
    {
        var output = (OutputTensor<float>)outputs[0];
        var lengths = output.Lengths;
        if (lengths.Length != 3 || lengths[0] != batch)
        {
            throw new TensorException(output.Name, $"'{output.Name}' came back as "
                + $"[{string.Join(", ", lengths.ToArray())}] for a batch of {batch}.");
        }

        Check(lengths[1], lengths[2]);
        var (rows, columns) = ((int)lengths[1], (int)lengths[2]);
        return new(
            output.Span.Slice(item * rows * columns, rows * columns), rows, columns,
            Form == YoloForm.Dense ? rows - 4 - _others : 0);
    }

    /// <inheritdoc cref="StatedClass.Check"/>
    public void CheckClass(int index) => StatedClass.Check(_signature, index);

    private void Check(long rows, long columns)
    {
        if (Form == YoloForm.EndToEnd)
        {
            if (columns >= 0 && columns != 6 + _others) throw Wrong($"must have rows of {6 + _others} numbers");
            return;
        }

        if (rows < 0) return;
        var classes = rows - 4 - _others;
        if (classes < 1) throw Wrong($"must have 4 + classes + {_others} rows");
        if (ClassCount > 0 && classes != ClassCount)
            throw Wrong($"has rows for {classes} classes, but the model has {ClassCount} labels");
    }

    private TensorException Wrong(string problem) => new(_signature.Outputs[0].Name,
        $"'{_signature.Outputs[0]}' {problem}. This is not the {_family} layout that the model class declares.");
}
