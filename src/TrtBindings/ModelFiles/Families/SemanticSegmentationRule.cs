namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Models that give every pixel a class. An image as output has the same shape as logits of 1, 3 or 4 classes, so such a model
/// is of the family only if labels or <c>TrtTask</c> say so.
/// </summary>
internal sealed class SemanticSegmentationRule : FamilyRule
{
    public const string Wanted = "one float input [N, 3, H, W] or [N, 1, H, W], and as first output float [N, classes, h, w] or "
        + "whole numbers [N, h, w] or [N, 1, h, w], each also without N; a second output may only be one more of the first kind, "
        + "unless TrtTask=\"SemanticSegmentation\" says that one of several is such a head; at most 256 classes, and class names "
        + "in the metadata must be as many";

    /// <summary>A class map has one byte for each pixel.</summary>
    public const int MaxClasses = 256;

    private SemanticSegmentationRule()
        : base("SemanticSegmentation", Wanted)
    {
    }

    public static SemanticSegmentationRule Instance { get; } = new();

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        if (InputProblem(model.Inputs) is { } problem) return No(problem);
        if (UltralyticsSays.OtherTask(model, "semantic") is { } task) return No(task);
        if (model.Outputs.Count == 0) return No("the model has no outputs");
        var first = Match(model, model.Outputs[0], labels, isAsked);
        if (!isAsked)
            return first.Problem is null && HeadsProblem(model.Outputs) is { } heads ? No(heads) : first;
        for (var i = 1; i < model.Outputs.Count && first.Problem is not null; i++)
            if (Match(model, model.Outputs[i], labels, isAsked) is { Problem: null } match) return match;
        return first;
    }

    /// <summary>Why an input is not that of the family; <see langword="null"/> if it is.</summary>
    public static string? InputProblem(EquatableArray<TensorDescription> inputs) => TensorRules.Count(inputs, "input", 1)
        ?? TensorRules.Float(inputs[0], 4, "[batch, channels, height, width]")
        ?? (TensorRules.IsSize(inputs[0], 1, 1, 3) ? null : $"'{inputs[0]}' must have 1 or 3 channels");

    /// <summary>Why an output is not a head of the family, its sizes aside; <see langword="null"/> if it is.</summary>
    public static string? HeadProblem(TensorDescription input, TensorDescription output)
    {
        var isFit = output.Kind == ValueKind.Tensor && (IsLabelMap(output) ? output.Shape.Rank is >= 2 and <= 4
            : output.Shape.Rank is 3 or 4 && TensorRules.IsFloat(output, output.Shape.Rank));
        if (!isFit)
        {
            return $"'{output}' must be float [batch, classes, height, width] or whole numbers [batch, height, width], [batch, "
                + "1, height, width], each perhaps without batch";
        }


        return HasBatch(output) || input.Shape.Dimensions[0] is not { IsFixed: true, Value: not 1 } ? null
            : $"'{output}' has no batch dimension, and '{input}' has {input.Shape.Dimensions[0].Value} images";
    }

    /// <summary>Whether an output holds classes and not logits.</summary>
    public static bool IsLabelMap(TensorDescription output) => IsWhole(output.ElementType);

    /// <summary>Whether an output has a batch dimension.</summary>
    public static bool HasBatch(TensorDescription output) => output.Shape.Rank >= (IsLabelMap(output) ? 3 : 4);

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

    /// <summary>A second output may only be one more of the first kind: torchvision's auxiliary head.</summary>
    private static string? HeadsProblem(EquatableArray<TensorDescription> outputs)
    {
        if (outputs.Count == 1) return null;
        if (outputs.Count > 2) return $"the model has {outputs.Count} outputs, not 1 or 2";
        return !IsLabelMap(outputs[0]) && HasBatch(outputs[0]) && TensorRules.IsFloat(outputs[1], 4)
            && outputs[1].Shape.Dimensions[1].MustEqual(outputs[0].Shape.Dimensions[1]) ? null
            : $"'{outputs[1]}' must be like '{outputs[0]}'";
    }

    private FamilyMatch Match(ModelDescription model, TensorDescription output, int labels, bool isAsked)
    {
        var input = model.Inputs[0];
        if (HeadProblem(input, output) is { } problem) return No(problem);
        var lengths = TensorRules.Lengths(output);
        if (lengths[lengths.Length - 1] == 1 && lengths[lengths.Length - 2] == 1)
            return No($"'{output}' has one place for the whole image, which is classification");
        if (HasBatch(output))
        {
            if (TensorRules.SharesBatch(input, output, isAsked || labels > 0) is { } batch) return No(batch);
        }
        else if (!isAsked && !HasShapeOf(input, lengths))
        {
            return No($"'{output}' has no batch dimension, and not the proportions of '{input}' either");
        }

        if (IsLabelMap(output))
        {
            if (labels > MaxClasses) return No($"there are {labels} labels, more than {MaxClasses}");
            if (lengths.Length == 4 && lengths[1] != 1) return No($"'{output}' must have 1 channel");
            return Yes("LabelMap", labels > 0 ? labels : output.ElementType == ElementType.Bool ? 2 : null);
        }

        var classes = lengths[lengths.Length - 3];
        if (classes < 0) return No($"'{output}' must have a fixed number of classes");
        if (SizeProblem(false, classes, labels) is { } size) return No($"'{output}' {size}");
        if (!isAsked && labels == 0 && classes is 1 or 3 or 4)
            return No($"'{output}' may be an image: neither class names nor TrtTask say that it holds classes");
        return Yes("Logits", classes == 1 && labels == 0 ? 2 : Math.Max(classes, labels));
    }

    /// <summary>
    /// Whether the last two sizes are fixed and in the proportion of the input, and there is more than one class.
    /// </summary>
    private static bool HasShapeOf(TensorDescription input, long[] lengths)
    {
        var (height, width) = (lengths[lengths.Length - 2], lengths[lengths.Length - 1]);
        var (rows, columns) = (input.Shape.Dimensions[2], input.Shape.Dimensions[3]);
        return height > 1 && width > 1 && rows.IsFixed && columns.IsFixed && height <= 1 << 20 && width <= 1 << 20
            && rows.Value <= 1 << 20 && columns.Value <= 1 << 20 && height * columns.Value == width * rows.Value
            && (lengths.Length == 2 || lengths[0] > 1);
    }

    /// <summary>A bool is class 0 or 1, as a graph writes it that ends in a comparison.</summary>
    private static bool IsWhole(ElementType type) => type is ElementType.Int64 or ElementType.Int32 or ElementType.UInt8
        or ElementType.Int8 or ElementType.Int16 or ElementType.UInt16 or ElementType.Bool;
}
