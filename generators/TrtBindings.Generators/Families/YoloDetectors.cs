using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes Ultralytics' exports with one output: detection, poses, oriented boxes. Their shapes overlap, so that the
/// metadata's <c>task</c> or the item decides which; without either only detection is recognized, by rows of 6 numbers or by
/// rows that the labels confirm.
/// </summary>
internal static class YoloDetectors
{
    private const int BoxRows = 4;
    private const int EndToEndColumns = 6;

    public static FamilyDetector Detection { get; } = new(ItemWords.YoloDetect,
        "one float input [N, 3, H, W] and one float output, [N, 4 + classes, anchors] or [N, boxes, 6]; class names in the "
        + "metadata must be as many as the classes, and its task, if it has one, detect",
        (model, labelCount, isAsked) => Detect(model, labelCount, isAsked, ItemWords.YoloDetect, "detect", 0));

    public static FamilyDetector Pose { get; } = new(ItemWords.YoloPose,
        "one float input [N, 3, H, W] and one float output, [N, 4 + classes + points, anchors] or [N, boxes, 6 + points], where "
        + "points is the product of kpt_shape in the metadata; class names must be as many as the classes, and its task, if it "
        + "has one, pose",
        (model, labelCount, isAsked) => YoloMetadata.KeyPoints(model) is not { } points ? null
            : Detect(model, labelCount, isAsked, ItemWords.YoloPose, "pose", points.Count * points.Values,
                FamilyMember.Number("KeyPointCount", points.Count), FamilyMember.Number("KeyPointValues", points.Values)));

    public static FamilyDetector OrientedBoxes { get; } = new(ItemWords.YoloObb,
        "one float input [N, 3, H, W] and one float output, [N, 4 + classes + 1, anchors] or [N, boxes, 7]; class names in the "
        + "metadata must be as many as the classes, and its task, if it has one, obb",
        (model, labelCount, isAsked) => Detect(model, labelCount, isAsked, ItemWords.YoloObb, "obb", 1));

    private static ModelFamily? Detect(
        ModelDescription model, int labelCount, bool isAsked, string family, string task, int others,
        params FamilyMember[] members)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count != 1) return null;
        var (input, output) = (model.Inputs[0], model.Outputs[0]);
        if (!FamilyShapes.IsFloat(input, 4) || !FamilyShapes.IsOneOf(input.Shape.Dimensions[1], 3)) return null;
        var said = FamilyShapes.TaskOf(model);
        if (said.Length > 0 && said != task) return null;
        var isTold = isAsked || said == task;
        if (!FamilyShapes.IsFloat(output, 3) || !FamilyShapes.SharesBatch(input, output, isTold || labelCount > 0)) return null;
        if (!isTold && family != ItemWords.YoloDetect) return null;
        if (FormOf(model, labelCount, isTold, others) is not { } form) return null;
        return new(family, $"I{family}Model", new([FamilyMember.Enum("YoloForm", "Form", form.Name), .. members]))
        {
            ClassCount = form.Classes,
        };
    }

    private static (string Name, int? Classes)? FormOf(ModelDescription model, int labelCount, bool isTold, int others)
    {
        var (rows, columns) = (model.Outputs[0].Shape.Dimensions[1], model.Outputs[0].Shape.Dimensions[2]);
        var classes = rows.IsFixed ? rows.Value - BoxRows - others : 0;
        var isDense = classes is > 0 and <= FamilyShapes.MaxClasses && (labelCount == 0 ? isTold : classes == labelCount);
        var isEndToEnd = FamilyShapes.IsOneOf(columns, EndToEndColumns + others) && !FamilyShapes.IsOneOf(rows, 1);
        if (isDense && isEndToEnd)
            isEndToEnd = !YoloMetadata.HasGridOf(model.Inputs[0], columns.Value) && !YoloMetadata.SaysDense(model);
        if (isEndToEnd) return ("EndToEnd", labelCount > 0 ? labelCount : null);
        return isDense ? ("Dense", (int)classes) : null;
    }
}
