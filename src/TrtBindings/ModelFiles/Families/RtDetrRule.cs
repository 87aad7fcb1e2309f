namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// RT-DETR as Ultralytics exports it. A row for each object: centre x, centre y, width and height as shares of the image, then
/// score and class, or in older exports a score for each class. The rows have the shape of YOLO's end-to-end rows, so metadata
/// or <c>TrtTask</c> must name the family.
/// </summary>
internal sealed class RtDetrRule : FamilyRule
{
    public const string Wanted = "one float input [N, 3, H, W] and one float output, [N, boxes, 6] or [N, boxes, 4 + classes]; "
        + "the head RTDETRDecoder or the name RT-DETR in the metadata, or its task detect and as many class names as the last "
        + "dimension less 4, or TrtTask=\"RtDetr\" on the item";

    private RtDetrRule()
        : base("RtDetr", Wanted)
    {
    }

    public static RtDetrRule Instance { get; } = new();

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        if (TensorProblem(model.Inputs, model.Outputs) is { } problem) return No(problem);
        var (task, head) = (model.FindMetadata("task"), model.FindMetadata("head"));
        if (task is not (null or "detect")) return No($"its task is '{task}'");
        if (head is not (null or "RTDETRDecoder")) return No($"its head is '{head}'");
        var (output, rows, columns) = (
            model.Outputs[0], model.Outputs[0].Shape.Dimensions[1].Value, model.Outputs[0].Shape.Dimensions[2].Value);
        // Exports of a dynamic size name the last dimension too. The metadata and the number of names say its length then.
        var isOpen = columns < 0;
        if (isOpen && !(labels > 0 && UltralyticsSays.RtDetr(model))) return No($"'{output}' must have rows of a fixed length");
        // A YOLO model of two classes has end-to-end rows of 6 numbers too, and a transposed one a row for each cell of the grid.
        var saysClasses = task is not null && labels > 0 && columns == 4 + labels && rows != 4 + labels && rows >= 0
            && !AnchorGrid.Of(model.Inputs[0]).Has(rows, 1) && (labels != 2 || UltralyticsSays.EndToEnd(model) == false);
        if (!isAsked && !UltralyticsSays.RtDetr(model) && !saysClasses)
            return No("neither its metadata nor TrtTask says that it is RT-DETR");
        if (TensorRules.SharesBatch(model.Inputs[0], output, isCertain: true) is { } batch) return No(batch);
        // Exports that name their head have rows with a class; those of before may have two classes.
        var hasClass = isOpen ? head is not null : columns == 6 && (labels != 2 || head is not null);
        if (SizeProblem(hasClass, columns, labels) is { } size) return No($"'{output}' {size}");
        return Yes(hasClass ? "Rows" : "Scores", hasClass || isOpen ? labels > 0 ? labels : null : columns - 4);
    }

    /// <summary>Why tensors are not those of the family, their sizes aside; <see langword="null"/> if they are.</summary>
    public static string? TensorProblem(
        EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs) =>
        TensorRules.TakesImage(inputs) ?? TensorRules.Count(outputs, "output", 1)
        ?? TensorRules.Float(outputs[0], 3, "[batch, boxes, 6] or [batch, boxes, 4 + classes]");

    /// <summary>Why rows of this length have not the form; <see langword="null"/> if they have.</summary>
    /// <param name="hasClass">Whether a row holds a class and its score, and not a score for each class.</param>
    /// <param name="columns">Length of a row; -1 if it is not known yet.</param>
    /// <param name="labels">Number of class labels; 0 if there are none.</param>
    public static string? SizeProblem(bool hasClass, long columns, int labels)
    {
        if (columns < 0) return null;
        if (hasClass) return columns == 6 ? null : "must have rows of 6 numbers";
        if (columns - 4 is < 1 or > TensorRules.MaxClasses) return "must have rows of 4 + classes numbers";
        return labels == 0 || labels == columns - 4 ? null
            : $"has {columns - 4} classes, but the model has {labels} labels";
    }
}
