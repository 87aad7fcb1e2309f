using System.Globalization;

namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Ultralytics' exports of YOLO models. A dense output has a column for each anchor: 4 numbers of a box, a score for each class,
/// and what the task adds. An end-to-end output has a row for each object: 4 numbers of a box, score, class, and what the task
/// adds. Segmentation adds mask coefficients and has a second output with as many prototypes; poses add key points, oriented
/// boxes an angle.
/// </summary>
/// <remarks>
/// The shapes of the tasks overlap ([N, 20, A] is 16 classes, or 15 and an angle), so the metadata's <c>task</c> or
/// <c>TrtTask</c> decides. Without either, only segmentation (by its two outputs) and detection are recognized. The family's name
/// never decides the form: one family is exported in both.
/// </remarks>
internal sealed class YoloRule : FamilyRule
{
    public const string DetectShapes = Input + "[N, 4 + classes, anchors] or [N, boxes, 6]; " + Metadata + "detect";

    public const string PoseShapes = Input + "[N, 4 + classes + points, anchors] or [N, boxes, 6 + points], where points is the "
        + "product of kpt_shape in the metadata; " + Metadata + "pose";

    public const string ObbShapes = Input + "[N, 4 + classes + 1, anchors] or [N, boxes, 7]; " + Metadata + "obb";

    public const string SegShapes = "one float input [N, 3, H, W] and two float outputs, [N, 4 + classes + masks, anchors] or "
        + "[N, boxes, 6 + masks], and [N, masks, H/4, W/4]; class names in the metadata must be as many as the classes";

    private const string Input = "one float input [N, 3, H, W] and one float output, ";

    private const string Metadata = "class names in the metadata must be as many as the classes, and its task, if it has one, ";

    private const string Dense = "Dense";
    private const string EndToEnd = "EndToEnd";

    private readonly string _task;

    private YoloRule(string task, string ultralyticsTask, string shapes)
        : base(task, shapes) => _task = ultralyticsTask;

    public static YoloRule Detect { get; } = new("YoloDetect", "detect", DetectShapes);

    public static YoloRule Pose { get; } = new("YoloPose", "pose", PoseShapes);

    public static YoloRule Obb { get; } = new("YoloObb", "obb", ObbShapes);

    public static YoloRule Seg { get; } = new("YoloSeg", "segment", SegShapes);

    public override string FormType => "YoloForm";

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        var said = model.FindMetadata("task") ?? "";
        var isCertain = isAsked || said == _task || this == Seg;
        if (this != Seg && said.Length > 0 && said != _task) return No($"its task is '{said}'");
        if (model.FindMetadata("head") == "RTDETRDecoder") return No("its head is that of RT-DETR");
        if (!isCertain && this != Detect) return No("neither its metadata nor TrtTask says its task");
        if (TensorProblem(model.Inputs, model.Outputs) is { } problem) return No(problem);
        var (count, values) = this == Pose ? KeyPoints(model) ?? (0, 0) : (0, 0);
        if (this == Pose && count == 0) return No("its metadata has no kpt_shape of 2 or 3 numbers a point");
        var others = this == Seg ? model.Outputs[1].Shape.Dimensions[1].Value : this == Obb ? 1 : count * values;
        if (this != Seg
            && TensorRules.SharesBatch(model.Inputs[0], model.Outputs[0], isCertain || labels > 0) is { } other) return No(other);
        if (FormOf(model, labels, isCertain, others, out problem) is not { } form) return No(problem);
        var classes = form == Dense ? model.Outputs[0].Shape.Dimensions[1].Value - 4 - others : labels > 0 ? labels : (long?)null;
        return Yes(form, classes) with
        {
            Numbers = this == Pose ? new([("KeyPointCount", count), ("KeyPointValues", values)]) : default,
        };
    }

    /// <summary>Why tensors are not those of the task, their sizes aside; <see langword="null"/> if they are.</summary>
    public string? TensorProblem(EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs)
    {
        var problem = TensorRules.TakesImage(inputs) ?? TensorRules.Count(outputs, "output", this == Seg ? 2 : 1)
            ?? TensorRules.Float(outputs[0], 3, "[batch, 4 + classes + others, anchors] or [batch, boxes, 6 + others]");
        if (problem is not null || this != Seg) return problem;
        return TensorRules.Float(outputs[1], 4, "[batch, masks, height / 4, width / 4]")
            ?? (outputs[1].Shape.Dimensions[1] is { IsFixed: true, Value: >= 1 and <= TensorRules.MaxClasses } ? null
                : $"'{outputs[1]}' must have a fixed number of prototypes");
    }

    /// <summary>Why an output of this size has not the form; <see langword="null"/> if it has.</summary>
    /// <param name="isEndToEnd">The form.</param>
    /// <param name="rows">Second dimension; -1 if it is not known yet.</param>
    /// <param name="columns">Third dimension; -1 if it is not known yet.</param>
    /// <param name="others">Numbers that the task adds to a prediction.</param>
    /// <param name="labels">Number of class labels; 0 if there are none.</param>
    public static string? SizeProblem(bool isEndToEnd, long rows, long columns, long others, int labels)
    {
        if (isEndToEnd) return columns < 0 || columns == 6 + others ? null : $"must have rows of {RowOf(others)} numbers";
        if (rows < 0) return null;
        var classes = rows - 4 - others;
        if (classes is < 1 or > TensorRules.MaxClasses) return $"must have 4 + classes + {others} rows";
        return labels > 0 && classes != labels ? $"has rows for {classes} classes, but the model has {labels} labels" : null;
    }

    private static string RowOf(long others) => others == 0 ? "6" : $"6 + {others}";

    private string? FormOf(ModelDescription model, int labels, bool isCertain, long others, out string problem)
    {
        var (rows, columns) = (model.Outputs[0].Shape.Dimensions[1], model.Outputs[0].Shape.Dimensions[2]);
        var isDense = SizeProblem(false, rows.Value, columns.Value, others, labels) is null && rows.IsFixed
            && (labels > 0 || isCertain);
        var isEndToEnd = SizeProblem(true, rows.Value, columns.Value, others, labels) is null && columns.IsFixed
            && (this == Seg || rows is not { IsFixed: true, Value: 1 });
        if (isDense && isEndToEnd) isEndToEnd = !HasGridOf(model.Inputs[0], columns.Value) && !SaysDense(model);
        problem = $"'{model.Outputs[0]}' "
            + (SizeProblem(false, rows.Value, columns.Value, others, labels) ?? "must have a fixed number of rows")
            + $", or rows of {RowOf(others)} numbers";
        return isEndToEnd ? EndToEnd : isDense ? Dense : null;
    }

    /// <summary>Whether there is one anchor for each cell of the grids of strides 8, 16 and 32.</summary>
    private static bool HasGridOf(TensorDescription image, long anchors)
    {
        var (height, width) = (image.Shape.Dimensions[2], image.Shape.Dimensions[3]);
        if (!height.IsFixed || !width.IsFixed || height.Value > 1 << 20 || width.Value > 1 << 20) return false;
        var cells = height.Value / 32 * (width.Value / 32);
        return cells > 0 && anchors == cells * 21;
    }

    /// <summary>
    /// Whether the metadata says that the graph does not suppress: neither <c>end2end</c> nor <c>nms</c> is true.
    /// </summary>
    private static bool SaysDense(ModelDescription model)
    {
        var (endToEnd, arguments) = (model.FindMetadata("end2end"), model.FindMetadata("args"));
        if (endToEnd is null && arguments is null) return false;
        if (string.Equals(endToEnd, "True", StringComparison.OrdinalIgnoreCase)) return false;
        // The text of a Python dictionary.
        var plain = arguments?.Replace(" ", "").Replace('"', '\'') ?? "";
        return plain.IndexOf("'nms':True", StringComparison.Ordinal) < 0;
    }

    /// <summary>
    /// <c>kpt_shape</c>: the number of key points, and 2 or 3 numbers for each; nothing if it is absent or anything else.
    /// </summary>
    private static (int Count, int Values)? KeyPoints(ModelDescription model)
    {
        var parts = model.FindMetadata("kpt_shape")?.Trim(' ', '[', ']', '(', ')').Split(',');
        if (parts is not { Length: 2 }) return null;
        return TryCount(parts[0], out var count) && TryCount(parts[1], out var values) && values is 2 or 3
            ? (count, values) : null;
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and < 10_000;
}
