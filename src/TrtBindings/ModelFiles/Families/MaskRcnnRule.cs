namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Mask R-CNN as different exporters write it. Forms are recognized by the order, types and ranks of the outputs; the names
/// differ between exporters.
/// </summary>
internal sealed class MaskRcnnRule : FamilyRule
{
    public const string Wanted =
        "one float input [3, H, W] or [N, 3, H, W], and the outputs of one of: torchvision (boxes [n, 4], int64 labels "
        + "[n], scores [n], masks [n, 1, H, W]), the ONNX zoo (the same with masks of a small fixed size), Detectron2 "
        + "(boxes, int64 classes, masks [n, 1, m, m], scores, int64 size [2]), NVIDIA's sample (int32 count [N, 1], boxes "
        + "[N, D, 4], scores [N, D], int32 classes [N, D], masks [N, D, m, m]), fixed slots (boxes [D, 4], int64 labels "
        + "[D], scores [D], masks [D, 1, m, m], int64 count [1])";

    private MaskRcnnRule()
        : base("MaskRcnn", Wanted)
    {
    }

    public static MaskRcnnRule Instance { get; } = new();

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        string? problem = null;
        foreach (var roles in MaskRcnnRoles.All)
        {
            problem = Problem(model.Inputs, model.Outputs, roles);
            if (problem is null) return Yes(roles.Form, labels > 0 ? labels : null);
        }

        return No(problem!);
    }

    /// <summary>Why tensors have not the form; <see langword="null"/> if they have.</summary>
    public static string? Problem(
        EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs, MaskRcnnRoles roles)
    {
        var problem = TensorRules.Count(inputs, "input", 1) ?? TensorRules.Count(outputs, "output", roles.Outputs);
        if (problem is not null) return problem;
        var (image, channels) = (inputs[0], inputs[0].Shape.Rank - 3);
        if (!TensorRules.IsFloat(image, channels == 1 ? 4 : 3) || !TensorRules.IsSize(image, channels, 3))
            return $"'{image}' must be float [3, height, width] or [batch, 3, height, width]";
        if (roles.IsBatched)
        {
            if (channels == 0) return $"'{image}' must be float [batch, 3, height, width]";
        }
        else if (channels == 1 && image.Shape.Dimensions[0] is { IsFixed: true, Value: not 1 })
        {
            return $"'{image}' must have a batch of 1, because the outputs are of one image";
        }

        // The lengths of [n, 4], [N, D, 4] and so on, without and with a batch.
        var first = roles.IsBatched ? 1 : 0;
        if (!TensorRules.IsFloat(outputs[roles.Boxes], 2 + first) || !TensorRules.IsSize(outputs[roles.Boxes], 1 + first, 4))
            return $"'{outputs[roles.Boxes]}' must be boxes, float [{(roles.IsBatched ? "N, D" : "n")}, 4]";
        if (!IsWhole(outputs[roles.Labels], 1 + first)) return $"'{outputs[roles.Labels]}' must be int64 or int32 classes";
        if (!TensorRules.IsFloat(outputs[roles.Scores], 1 + first)) return $"'{outputs[roles.Scores]}' must be float scores";
        var masks = outputs[roles.Masks];
        if (!TensorRules.IsFloat(masks, 4)
            || (!roles.IsBatched && masks.Shape.Dimensions[1].IsFixed && !TensorRules.IsSize(masks, 1, 1)))
            return $"'{masks}' must be float masks [{(roles.IsBatched ? "N, D" : "n, 1")}, height, width]";
        if (roles.ArePasted is { } pasted && pasted != ArePasted(masks, image, channels))
            return $"'{masks}' must be {(pasted ? "as large as the image" : "of a fixed size smaller than the image")}";
        if (roles.Size >= 0 && !(IsWhole(outputs[roles.Size], 1) && TensorRules.IsSize(outputs[roles.Size], 0, 2)))
            return $"'{outputs[roles.Size]}' must be the size, int64 [2]";
        return roles.Count < 0 || (IsWhole(outputs[roles.Count], 1 + first) && TensorRules.IsSize(outputs[roles.Count], first, 1))
            ? null : $"'{outputs[roles.Count]}' must be the count, {(roles.IsBatched ? "[N, 1]" : "[1]")}";
    }

    /// <summary>Whether masks are as large as the image and not as a box's window.</summary>
    private static bool ArePasted(TensorDescription masks, TensorDescription image, int channels)
    {
        var (rows, columns) = (masks.Shape.Dimensions[2], masks.Shape.Dimensions[3]);
        if (!rows.IsFixed || !columns.IsFixed) return true;
        var (height, width) = (image.Shape.Dimensions[channels + 1], image.Shape.Dimensions[channels + 2]);
        return height.IsFixed && width.IsFixed && rows.Value == height.Value && columns.Value == width.Value;
    }

    private static bool IsWhole(TensorDescription tensor, int rank) => tensor.Kind == ValueKind.Tensor
        && tensor.ElementType is ElementType.Int64 or ElementType.Int32 && tensor.Shape.Rank == rank;
}
