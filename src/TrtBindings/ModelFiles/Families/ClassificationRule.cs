namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// Models that give a number for each class of a whole image. An embedding, an age or landmarks have the same shapes, so a model
/// is of the family only if labels, Ultralytics' task, a softmax at the end or <c>TrtTask</c> say so.
/// </summary>
internal sealed class ClassificationRule : FamilyRule
{
    public const string Wanted = "one float input [N, 3, H, W], [N, 1, H, W] or with the channels last, and one float output "
        + "[N, classes], further dimensions being 1; class names in the metadata must be as many as the classes. Without class "
        + "names and a softmax at the end, TrtTask=\"Classification\" on the item says that the output is not an embedding";

    private ClassificationRule()
        : base("Classification", Wanted)
    {
    }

    public static ClassificationRule Instance { get; } = new();

    public override FamilyMatch Match(ModelDescription model, int labels, bool isAsked)
    {
        var isLast = model.Inputs.Count == 1 && TensorRules.IsFloat(model.Inputs[0], 4)
            && !TensorRules.IsSize(model.Inputs[0], 1, 1, 3) && TensorRules.IsSize(model.Inputs[0], 3, 1, 3);
        if (TensorProblem(model.Inputs, model.Outputs, isLast) is { } problem) return No(problem);
        if (UltralyticsSays.OtherTask(model, "classify") is { } task) return No(task);
        var output = model.Outputs[0];
        var isCertain = isAsked || labels > 0 || model.FindMetadata("task") == "classify";
        if (!isCertain && model.OutputOperators[0] is not ("Softmax" or "LogSoftmax"))
            return No("neither class names nor a softmax nor TrtTask say that its numbers are classes");
        if (TensorRules.SharesBatch(model.Inputs[0], output, isCertain) is { } batch) return No(batch);
        var lengths = TensorRules.Lengths(output);
        // Exports of a dynamic size may name this dimension too. The number of class names is its length then.
        if (lengths.Length == 2 && lengths[1] < 0 && labels > 0 && model.FindMetadata("task") == "classify") lengths[1] = labels;
        if (SizeProblem(lengths, labels) is { } size) return No($"'{output}' {size}");
        var classes = ClassesOf(lengths);
        return classes > 1 || (classes == 1 && UltralyticsSays.Classifies(model))
            ? Yes(isLast ? "ChannelsLast" : "ChannelsFirst", classes) : No($"'{output}' has one number");
    }

    /// <summary>Why tensors are not those of the family, their sizes aside; <see langword="null"/> if they are.</summary>
    public static string? TensorProblem(
        EquatableArray<TensorDescription> inputs, EquatableArray<TensorDescription> outputs, bool isLast)
    {
        var problem = TensorRules.Count(inputs, "input", 1) ?? TensorRules.Count(outputs, "output", 1)
            ?? TensorRules.Float(inputs[0], 4, isLast ? "[batch, height, width, channels]" : "[batch, channels, height, width]");
        if (problem is not null) return problem;
        if (!TensorRules.IsSize(inputs[0], isLast ? 3 : 1, 1, 3)) return $"'{inputs[0]}' must have 1 or 3 channels";
        return outputs[0].Shape.Rank is >= 2 and <= 4 && TensorRules.IsFloat(outputs[0], outputs[0].Shape.Rank) ? null
            : $"'{outputs[0]}' must be float [batch, classes]";
    }

    /// <summary>Why an output of these lengths has not a number for each class; <see langword="null"/> if it has.</summary>
    public static string? SizeProblem(ReadOnlySpan<long> lengths, int labels)
    {
        var classes = lengths.Length < 2 ? 0 : ClassesOf(lengths);
        if (classes is < 1 or > TensorRules.MaxClasses) return "must be [batch, classes], with further dimensions of 1";
        return labels > 0 && classes != labels ? $"has {classes} classes, but the model has {labels} labels" : null;
    }

    /// <summary>The one length after the batch that is not 1; 0 if there are several, or one is not known.</summary>
    public static long ClassesOf(ReadOnlySpan<long> lengths)
    {
        var classes = 1L;
        for (var axis = 1; axis < lengths.Length; axis++)
        {
            if (lengths[axis] < 0 || (lengths[axis] != 1 && classes != 1)) return 0;
            classes *= lengths[axis];
        }

        return classes;
    }
}
