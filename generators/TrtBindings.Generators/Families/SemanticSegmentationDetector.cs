using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes models that give every pixel a class. A picture as output has the same shape as logits of 1, 3 or 4 classes;
/// such a model is of this family only where labels or the item say so.
/// </summary>
internal static class SemanticSegmentationDetector
{
    private const string Shapes =
        "one float input [N, 3, H, W] or [N, 1, H, W], and as first output float [N, classes, h, w] or whole numbers "
        + "[N, h, w] or [N, 1, h, w]; a second output may only be one more of the first kind; at most 256 classes, and class "
        + "names in the metadata must be as many";

    /// <summary>A class map has a byte for each pixel.</summary>
    private const long MostClasses = 256;

    public static FamilyDetector Family { get; } = new(ItemWords.SemanticSegmentation, Shapes, Detect);

    private static ModelFamily? Detect(ModelDescription model, int labelCount, bool isAsked)
    {
        if (model.Inputs.Count != 1 || model.Outputs.Count is < 1 or > 2) return null;
        var (input, output) = (model.Inputs[0], model.Outputs[0]);
        if (!FamilyShapes.IsFloat(input, 4) || !FamilyShapes.IsOneOf(input.Shape.Dimensions[1], 1, 3)) return null;
        if (output.Kind != ValueKind.Tensor || output.Shape.Rank is < 3 or > 4) return null;
        // One place is the whole picture, which is classification.
        if (output.Shape.Dimensions.Skip(output.Shape.Rank - 2).All(side => FamilyShapes.IsOneOf(side, 1))) return null;
        if (!FamilyShapes.SharesBatch(input, output, isAsked || labelCount > 0)) return null;
        return IsWhole(output.ElementType) ? LabelMap(model, labelCount) : Logits(model, labelCount, isAsked);
    }

    private static ModelFamily? LabelMap(ModelDescription model, int labelCount)
    {
        var shape = model.Outputs[0].Shape;
        if (model.Outputs.Count != 1 || labelCount > MostClasses) return null;
        if (shape.Rank == 4 && !FamilyShapes.IsOneOf(shape.Dimensions[1], 1)) return null;
        return Of("LabelMap", labelCount > 0 ? labelCount : null);
    }

    private static ModelFamily? Logits(ModelDescription model, int labelCount, bool isAsked)
    {
        var output = model.Outputs[0];
        if (!FamilyShapes.IsFloat(output, 4)) return null;
        var declared = output.Shape.Dimensions[1];
        if (!declared.IsFixed || declared.Value is < 1 or > MostClasses) return null;
        var classes = (int)declared.Value;
        // One plane tells its class from the rest, which may be named too.
        if (labelCount > 0 && labelCount != classes && !(classes == 1 && labelCount == 2)) return null;
        if (model.Outputs.Count == 2 && !IsAuxiliary(output, model.Outputs[1])) return null;
        var isTold = isAsked || labelCount > 0 || classes is not (1 or 3 or 4);
        return isTold ? Of("Logits", classes == 1 && labelCount == 0 ? 2 : Math.Max(classes, labelCount)) : null;
    }

    private static ModelFamily Of(string form, int? classes) => new(
        ItemWords.SemanticSegmentation, "ISemanticSegmentationModel",
        new([FamilyMember.Enum("SemanticSegmentationForm", "Form", form)]))
    {
        ClassCount = classes,
    };

    /// <summary>torchvision's second head gives what the first gives.</summary>
    private static bool IsAuxiliary(TensorDescription output, TensorDescription other) =>
        FamilyShapes.IsFloat(other, 4) && other.Shape.Dimensions[1].MustEqual(output.Shape.Dimensions[1]);

    private static bool IsWhole(ElementType type) => type is ElementType.Int64 or ElementType.Int32 or ElementType.UInt8
        or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16;
}
