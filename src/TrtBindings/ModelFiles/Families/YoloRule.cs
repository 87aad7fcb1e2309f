using System.Globalization;

namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// YOLO models, as Ultralytics exports them and with the heads of other versions. A dense output has a column for each anchor: 4
/// numbers of a box, a score for each class, and what the task adds. An end-to-end output has a row for each object: 4 numbers of
/// a box, score, class, and what the task adds. <see cref="YoloHead"/> has the other heads. Segmentation adds mask coefficients
/// and has a second output with as many prototypes; poses add key points, oriented boxes an angle.
/// </summary>
/// <remarks>
/// The shapes of the tasks overlap ([N, 20, A] is 16 classes, or 15 and an angle), so the metadata's <c>task</c> or
/// <c>TrtTask</c> decides. Without either, only segmentation (by its two outputs) and detection are recognized. The family's name
/// never decides the form: one family is exported in both. <see cref="YoloHeadChoice"/> finds it.
/// </remarks>
internal sealed class YoloRule : FamilyRule
{
    public const string DetectShapes = Input + "[N, 4 + classes, anchors], the same or 5 + classes with a row for each anchor, "
        + "or [N, boxes, 6]; " + Metadata + "detect";

    public const string PoseShapes = Input + "[N, 4 + classes + points, anchors], the same with a row for each anchor, or [N, "
        + "boxes, 6 + points], where points is the product of kpt_shape in the metadata; " + Metadata + "pose";

    public const string ObbShapes = Input + "[N, 4 + classes + 1, anchors], the same with a row for each anchor, or [N, boxes, "
        + "7]; " + Metadata + "obb";

    public const string SegShapes = "one float input [N, 3, H, W] or [N, 1, H, W] and two float outputs, [N, 4 + classes + "
        + "masks, anchors], the same or 5 + classes + masks with a row for each anchor, or [N, boxes, 6 + masks], "
        + "and [N, masks, H/4, "
        + "W/4]; class names in the metadata must be as many as the classes";

    private const string Input = "one float input [N, 3, H, W] or [N, 1, H, W] and one float output, ";

    private const string Metadata = "class names in the metadata must be as many as the classes, and its task, if it has one, ";

    private readonly string _task;

    private YoloRule(string task, string ultralyticsTask, string shapes)
        : base(task, shapes) => _task = ultralyticsTask;

    public static YoloRule Detect { get; } = new("YoloDetect", "detect", DetectShapes);

    public static YoloRule Pose { get; } = new("YoloPose", "pose", PoseShapes);

    public static YoloRule Obb { get; } = new("YoloObb", "obb", ObbShapes);

    public static YoloRule Seg { get; } = new("YoloSeg", "segment", SegShapes);

    public override string FormType => "YoloForm";

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked) =>
        Match(model, labels, isAsked, head: null);

    /// <summary>Tells whether a model is of the family.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="labels">Number of class labels in the metadata; 0 if there are none.</param>
    /// <param name="isAsked">Whether <c>TrtTask</c> names the family or the head.</param>
    /// <param name="head">The head that <c>TrtTask</c> names; <see langword="null"/> to find it.</param>
    public FamilyMatch Match(ModelDescription model, int labels, bool isAsked, YoloHead? head)
    {
        var said = model.FindMetadata("task") ?? "";
        var isCertain = isAsked || said == _task || this == Seg;
        if (said != _task && (this == Seg ? UltralyticsSays.OtherTask(model, _task) is not null : said.Length > 0))
            return No($"its task is '{said}'");
        if (head is null && UltralyticsSays.RtDetr(model)) return No("its metadata says that it is an RT-DETR");
        if (!isCertain && this != Detect) return No("neither its metadata nor TrtTask says its task");
        if (TensorProblem(model.Inputs, model.Outputs) is { } problem) return No(problem);
        var (count, values) = this == Pose ? KeyPoints(model) ?? (0, 0) : (0, 0);
        if (this == Pose && count == 0) return No("its metadata has no kpt_shape of 2 or 3 numbers a point");
        var others = this == Seg ? model.Outputs[1].Shape.Dimensions[1].Value : this == Obb ? 1 : count * values;
        if (this != Seg
            && TensorRules.SharesBatch(model.Inputs[0], model.Outputs[0], isCertain || labels > 0) is { } other) return No(other);
        var (rows, columns) = (model.Outputs[0].Shape.Dimensions[1].Value, model.Outputs[0].Shape.Dimensions[2].Value);
        var choice = head is null ? YoloHeadChoice.Of(model, labels, others, isAsked, isCertain) : YoloHeadChoice.Named(head);
        if (choice.Head is not { } found)
            return No($"'{model.Outputs[0]}' {choice.Problem}") with { IsUnclear = choice.IsUnclear };
        if (head is not null && found.Problem(rows, columns, others, labels) is { } size)
            return No($"'{model.Outputs[0]}' {size}");
        var isOpen = (found.HasRows ? columns : rows) < 0;
        if (isOpen && !(isCertain && labels > 0 && head is null))
            return No($"'{model.Outputs[0]}' must have a fixed number of {(found.HasRows ? "columns" : "rows")}");
        return Yes(found.Form, (isOpen ? null : found.ClassesOf(rows, columns, others)) ?? (labels > 0 ? labels : null)) with
        {
            Numbers = this == Pose ? new([("KeyPointCount", count), ("KeyPointValues", values)]) : default,
        };
    }

    /// <summary>Why tensors are not those of the task, their sizes aside; <see langword="null"/> if they are.</summary>
    public string? TensorProblem(EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs)
    {
        var problem = TensorRules.TakesImage(inputs, orGrey: true) ?? TensorRules.Count(outputs, "output", this == Seg ? 2 : 1)
            ?? TensorRules.Float(outputs[0], 3, "[batch, 4 + classes + others, anchors] or [batch, boxes, 6 + others]");
        if (problem is not null || this != Seg) return problem;
        return TensorRules.Float(outputs[1], 4, "[batch, masks, height / 4, width / 4]")
            ?? (outputs[1].Shape.Dimensions[1] is { IsFixed: true, Value: >= 1 and <= TensorRules.MaxClasses } ? null
                : $"'{outputs[1]}' must have a fixed number of prototypes");
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
