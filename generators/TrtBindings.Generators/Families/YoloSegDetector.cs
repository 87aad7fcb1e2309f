using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes Ultralytics' segmentation exports by their shapes. Metadata decides only where the shapes fit both forms;
/// the family's name never does, because one family is exported in either form.
/// </summary>
internal static class YoloSegDetector
{
    private const int BoxRows = 4;
    private const int EndToEndColumns = 6;

    private const string Shapes =
        "one float input [N, 3, H, W] and two float outputs, [N, 4 + classes + masks, anchors] or [N, boxes, 6 + masks], and "
        + "[N, masks, H/4, W/4]; class names in the metadata must be as many as the classes";

    public static FamilyDetector Family { get; } = new(ItemWords.YoloSeg, Shapes, (model, labelCount, _) =>
        Detect(model, labelCount) is not { } layout ? null
            : new(ItemWords.YoloSeg, "IYoloSegModel", new([FamilyMember.Enum("YoloForm", "Form", layout.Form)]))
            {
                ClassCount = layout.ClassCount,
            });

    /// <param name="model">What the file says.</param>
    /// <param name="labelCount">Number of labels in its metadata; 0 if it has none.</param>
    public static YoloSegLayout? Detect(ModelDescription model, int labelCount)
    {
        if (model.Inputs.Count != 1 || !FamilyShapes.IsFloat(model.Inputs[0], 4)) return null;
        if (!FamilyShapes.IsOneOf(model.Inputs[0].Shape.Dimensions[1], 3) || model.Outputs.Count != 2) return null;
        if (!FamilyShapes.IsFloat(model.Outputs[0], 3) || !FamilyShapes.IsFloat(model.Outputs[1], 4)) return null;
        var heads = model.Outputs[0].Shape.Dimensions;
        var masks = model.Outputs[1].Shape.Dimensions[1];
        if (!masks.IsFixed || masks.Value is < 1 or > FamilyShapes.MaxClasses) return null;

        var dense = Dense(heads, masks.Value, labelCount);
        var endToEnd = heads[2].IsFixed && heads[2].Value == EndToEndColumns + masks.Value
            ? new YoloSegLayout(YoloSegLayout.EndToEnd, labelCount > 0 ? labelCount : null, (int)masks.Value)
            : null;
        if (dense is null || endToEnd is null) return dense ?? endToEnd;
        return YoloMetadata.HasGridOf(model.Inputs[0], heads[2].Value) || YoloMetadata.SaysDense(model) ? dense : endToEnd;
    }

    private static YoloSegLayout? Dense(EquatableArray<Dimension> heads, long masks, int labelCount)
    {
        if (!heads[1].IsFixed) return null;
        var classes = heads[1].Value - BoxRows - masks;
        if (classes is < 1 or > FamilyShapes.MaxClasses || (labelCount > 0 && labelCount != classes)) return null;
        return new(YoloSegLayout.Dense, (int)classes, (int)masks);
    }
}
