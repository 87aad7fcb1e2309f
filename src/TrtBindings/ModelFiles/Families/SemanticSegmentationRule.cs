namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Models that give every pixel a class. An image as output has the same shape as logits of 1, 3 or 4 classes, so such a model
/// is of the family only if labels or <c>TrtTask</c> say so.
/// </summary>
internal sealed class SemanticSegmentationRule : FamilyRule
{
    public const string Wanted = "one float input [N, 3, H, W] or [N, 1, H, W], and as first output float [N, classes, h, w] or "
        + "whole numbers [N, h, w] or [N, 1, h, w]; a second output may only be one more of the first kind; at most 256 classes, "
        + "and class names in the metadata must be as many";

    /// <summary>A class map has one byte for each pixel.</summary>
    public const int MaxClasses = 256;

    private SemanticSegmentationRule()
        : base("SemanticSegmentation", Wanted)
    {
    }

    public static SemanticSegmentationRule Instance { get; } = new();

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        var isLabelMap = model.Outputs.Count > 0 && IsWhole(model.Outputs[0].ElementType);
        if (TensorProblem(model.Inputs, model.Outputs, isLabelMap) is { } problem) return No(problem);
        var output = model.Outputs[0];
        var lengths = TensorRules.Lengths(output);
        if (lengths[lengths.Length - 1] == 1 && lengths[lengths.Length - 2] == 1)
            return No($"'{output}' has one place for the whole image, which is classification");
        if (TensorRules.SharesBatch(model.Inputs[0], output, isAsked || labels > 0) is { } batch) return No(batch);
        if (isLabelMap)
        {
            if (labels > MaxClasses) return No($"there are {labels} labels, more than {MaxClasses}");
            if (lengths.Length == 4 && lengths[1] != 1) return No($"'{output}' must have 1 channel");
            return Yes("LabelMap", labels > 0 ? labels : null);
        }

        if (lengths[1] < 0) return No($"'{output}' must have a fixed number of classes");
        if (SizeProblem(false, lengths[1], labels) is { } size) return No($"'{output}' {size}");
        if (!isAsked && labels == 0 && lengths[1] is 1 or 3 or 4)
            return No($"'{output}' may be an image: neither class names nor TrtTask say that it holds classes");
        return Yes("Logits", lengths[1] == 1 && labels == 0 ? 2 : Math.Max(lengths[1], labels));
    }

    /// <summary>Why tensors have not the form, their sizes aside; <see langword="null"/> if they have.</summary>
    public static string? TensorProblem(
        EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs, bool isLabelMap)
    {
        var problem = TensorRules.Count(inputs, "input", 1)
            ?? TensorRules.Float(inputs[0], 4, "[batch, channels, height, width]");
        if (problem is not null) return problem;
        if (!TensorRules.IsSize(inputs[0], 1, 1, 3)) return $"'{inputs[0]}' must have 1 or 3 channels";
        if (outputs.Count is < 1 or > 2) return $"the model has {outputs.Count} outputs, not 1 or 2";
        if (isLabelMap)
        {
            return outputs.Count == 1 && outputs[0].Kind == ValueKind.Tensor && IsWhole(outputs[0].ElementType)
                && outputs[0].Shape.Rank is 3 or 4 ? null
                : $"'{outputs[0]}' must be the only output, whole numbers [batch, height, width] or [batch, 1, height, width]";
        }

        return TensorRules.Float(outputs[0], 4, "[batch, classes, height, width]")
            // The auxiliary head of torchvision's models has the classes of the first.
            ?? (outputs.Count == 1 || (TensorRules.IsFloat(outputs[1], 4)
                && outputs[1].Shape.Dimensions[1].MustEqual(outputs[0].Shape.Dimensions[1])) ? null
                : $"'{outputs[1]}' must be like '{outputs[0]}'");
    }

    /// <summary>Why an output does not have classes that fit; <see langword="null"/> if they fit.</summary>
    /// <param name="isLabelMap">Whether the output holds classes and not logits.</param>
    /// <param name="channels">Second dimension of four.</param>
    /// <param name="labels">Number of class labels; 0 if there are none.</param>
    public static string? SizeProblem(bool isLabelMap, long channels, int labels)
    {
        if (isLabelMap) return channels == 1 ? null : "must have 1 channel";
        if (channels is < 1 or > MaxClasses) return $"must have 1 to {MaxClasses} classes";
        // One plane tells its class from the rest, and both may have a name.
        return labels == 0 || labels == channels || (channels == 1 && labels == 2) ? null
            : $"has {channels} classes, but the model has {labels} labels";
    }

    private static bool IsWhole(ElementType type) => type is ElementType.Int64 or ElementType.Int32 or ElementType.UInt8
        or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16;
}
