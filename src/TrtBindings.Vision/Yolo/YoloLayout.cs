namespace TrtBindings.Vision.Yolo;

/// <summary>A YOLO model whose tensors <see cref="YoloRule"/> has checked. Reads its outputs.</summary>
internal sealed class YoloLayout
{
    private readonly YoloHead _head;
    private readonly int _others;
    private readonly PredictionRows? _rows;

    private YoloLayout(
        IRunnableModel model, YoloForm form, YoloHead head, int others, ImageInput input, YoloOptions options)
    {
        (Model, Input, Labels) = (model, input, new(model.Signature));
        (Form, _head, _others) = (form, head, others);
        if (head.HasRows && head.HasScores) _rows = new(form, others, input.Width, input.Height, options.Confidence);
    }

    /// <summary>Form of output 0.</summary>
    public YoloForm Form { get; }

    /// <summary>The model.</summary>
    public IRunnableModel Model { get; }

    /// <summary>The model's input.</summary>
    public ImageInput Input { get; }

    /// <summary>The model's labels.</summary>
    public ClassLabels Labels { get; }

    /// <summary>Checks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rule">The rule of its task.</param>
    /// <param name="form">Form of output 0.</param>
    /// <param name="others">
    /// Numbers that the task adds to a prediction; <see langword="null"/> for as many as there are prototypes.
    /// </param>
    /// <param name="options">The engine's options.</param>
    /// <exception cref="TensorException">A tensor is not the family's, or an option contradicts the model.</exception>
    public static YoloLayout Of(IRunnableModel model, YoloRule rule, YoloForm form, int? others, YoloOptions options)
    {
        var signature = model.Signature;
        ModelError.ThrowIf(model, rule, rule.TensorProblem(signature.Inputs, signature.Outputs));
        var shape = signature.Outputs[0].Shape.Dimensions;
        var added = others ?? (int)signature.Outputs[1].Shape.Dimensions[1].Value;
        var head = YoloHead.Of(form.ToString());
        var problem = head.Problem(shape[1].Value, shape[2].Value, added, signature.Labels.Count);
        ModelError.ThrowIf(model, rule, problem is null ? null : $"'{signature.Outputs[0]}' {problem}");
        // YOLOX pads every image to the whole input.
        var input = ImageInput.Of(
            model, options, isRectangular: options.Rectangular && form is not (YoloForm.YoloX or YoloForm.YoloXDecoded),
            sizeProblem: (width, height) => RowsProblem(model, form, shape[1].Value, width, height));
        return new(model, form, head, added, input, options);
    }

    /// <summary>
    /// Ultralytics' end-to-end heads take the best of a number of anchors that is fixed in the file, and fail where an input of a
    /// dynamic size has fewer. Models that add a finer grid are named p2.
    /// </summary>
    private static string? RowsProblem(IRunnableModel model, YoloForm form, long rows, int width, int height)
    {
        if (form != YoloForm.EndToEnd || !UltralyticsSays.PicksRows(model.Description)) return null;
        var anchors = AnchorGrid.CellsOf(width, height, UltralyticsSays.Stride(model.Description) ?? 32);
        return rows <= anchors ? null
            : $"its head takes the best {rows} of its anchors, and there are {anchors} at this size.";
    }

    /// <summary>
    /// The predictions for one image. Of a head with a row for each anchor only those that can be above the confidence, as a
    /// dense output; valid until the next call.
    /// </summary>
    /// <exception cref="TensorException">The backend returned a shape that the family does not have.</exception>
    public YoloOutput PredictionsOf(ImageRunner runner, int item)
    {
        var output = runner.Outputs[0];
        var lengths = output.Lengths;
        if (lengths.Length != 3 || lengths[0] != runner.Batch)
            throw ModelError.Unexpected(output, runner.Batch, "must have three dimensions and that batch");
        var problem = _head.Problem(lengths[1], lengths[2], _others, Model.Signature.Labels.Count)
            ?? _rows?.Problem(lengths[1]);
        if (problem is not null) throw ModelError.Unexpected(output, runner.Batch, problem);
        var (rows, columns) = ((int)lengths[1], (int)lengths[2]);
        var values = runner.FloatsOf(0).Slice(item * rows * columns, rows * columns);
        if (_rows is not null) return _rows.Read(values, rows, columns);
        return new(values, rows, columns, (int)(_head.ClassesOf(rows, columns, _others) ?? 0));
    }

    /// <summary>The predictions and prototypes for one image.</summary>
    /// <exception cref="TensorException">The backend returned a shape that the family does not have.</exception>
    public YoloSegHead HeadOf(ImageRunner runner, int item)
    {
        var predictions = PredictionsOf(runner, item);
        var prototypes = runner.Outputs[1];
        var lengths = prototypes.Lengths;
        if (lengths.Length != 4 || lengths[0] != runner.Batch || lengths[1] != _others || lengths[2] < 1 || lengths[3] < 1)
            throw ModelError.Unexpected(prototypes, runner.Batch, $"must be [batch, {_others}, height / 4, width / 4]");
        var (height, width) = ((int)lengths[2], (int)lengths[3]);
        var length = _others * height * width;
        return new(predictions, runner.FloatsOf(1).Slice(item * length, length), _others, height, width);
    }
}
