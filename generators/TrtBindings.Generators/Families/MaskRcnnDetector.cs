using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>
/// Recognizes Mask R-CNN exports by the order, types and ranks of their outputs; names differ between exporters and say
/// nothing.
/// </summary>
internal static class MaskRcnnDetector
{
    private const string Shapes =
        "one float input [3, H, W] or [N, 3, H, W], and the outputs of one of: torchvision (boxes [n, 4], int64 labels [n], "
        + "scores [n], masks [n, 1, H, W]), the ONNX zoo (the same with masks of a small fixed size), Detectron2 (boxes, "
        + "int64 classes, masks [n, 1, m, m], scores, int64 size [2]), NVIDIA's sample (int32 count [N, 1], boxes [N, D, 4], "
        + "scores [N, D], int32 classes [N, D], masks [N, D, m, m]), fixed slots (boxes [D, 4], int64 labels [D], scores [D], "
        + "masks [D, 1, m, m], int64 count [1])";

    public static FamilyDetector Family { get; } = new(ItemWords.MaskRcnn, Shapes, (model, labelCount, _) =>
        FormOf(model) is not { } form ? null
            : new(ItemWords.MaskRcnn, "IMaskRcnnModel", new([FamilyMember.Enum("MaskRcnnForm", "Form", form)]))
            {
                ClassCount = labelCount > 0 ? labelCount : null,
            });

    private static string? FormOf(ModelDescription model)
    {
        if (model.Inputs.Count != 1) return null;
        var input = model.Inputs[0];
        if (!FamilyShapes.IsFloat(input, 3) && !FamilyShapes.IsFloat(input, 4)) return null;
        var dimensions = input.Shape.Dimensions;
        var channels = dimensions.Count - 3;
        if (!FamilyShapes.IsOneOf(dimensions[channels], 3)) return null;
        var outputs = model.Outputs;
        // All but NVIDIA's give the instances of one image.
        var isSingle = channels == 0 || !dimensions[0].IsFixed || dimensions[0].Value == 1;
        return outputs.Count switch
        {
            4 when isSingle && IsList(outputs, 0, 1, 2, 3) =>
                IsPasted(outputs[3], dimensions[channels + 1], dimensions[channels + 2]) ? "Torchvision" : "OnnxZoo",
            5 when isSingle && IsList(outputs, 0, 1, 3, 2) && IsWhole(outputs[4], 1) && IsSize(outputs[4], 0, 2) => "Detectron2",
            5 when isSingle && IsList(outputs, 0, 1, 2, 3) && IsWhole(outputs[4], 1) && IsSize(outputs[4], 0, 1) => "FixedSlots",
            5 when channels == 1 && IsNvidiaSample(outputs) => "NvidiaSample",
            _ => null,
        };
    }

    /// <summary>Boxes [n, 4], labels [n], scores [n] and masks [n, 1, ?, ?], at these places.</summary>
    private static bool IsList(EquatableArray<TensorDescription> outputs, int boxes, int labels, int scores, int masks) =>
        FamilyShapes.IsFloat(outputs[boxes], 2) && IsSize(outputs[boxes], 1, 4) && IsWhole(outputs[labels], 1)
        && FamilyShapes.IsFloat(outputs[scores], 1) && FamilyShapes.IsFloat(outputs[masks], 4)
        && (IsSize(outputs[masks], 1, 1) || !outputs[masks].Shape.Dimensions[1].IsFixed);

    /// <summary>Whether masks are as large as the picture rather than as a box's window.</summary>
    private static bool IsPasted(TensorDescription masks, Dimension height, Dimension width)
    {
        var (rows, columns) = (masks.Shape.Dimensions[2], masks.Shape.Dimensions[3]);
        if (!rows.IsFixed || !columns.IsFixed) return true;
        return height.IsFixed && width.IsFixed && rows.Value == height.Value && columns.Value == width.Value;
    }

    private static bool IsNvidiaSample(EquatableArray<TensorDescription> outputs) =>
        IsWhole(outputs[0], 2) && IsSize(outputs[0], 1, 1) && FamilyShapes.IsFloat(outputs[1], 3) && IsSize(outputs[1], 2, 4)
        && FamilyShapes.IsFloat(outputs[2], 2) && IsWhole(outputs[3], 2) && FamilyShapes.IsFloat(outputs[4], 4);

    private static bool IsWhole(TensorDescription value, int rank) => value.Kind == ValueKind.Tensor
        && value.ElementType is ElementType.Int64 or ElementType.Int32 && value.Shape.Rank == rank;

    private static bool IsSize(TensorDescription value, int axis, long size) =>
        FamilyShapes.IsOneOf(value.Shape.Dimensions[axis], size);
}
