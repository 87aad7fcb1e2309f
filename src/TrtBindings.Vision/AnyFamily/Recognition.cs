namespace TrtBindings.Vision.AnyFamily;

/// <summary>Applies the rules of all families to a description, and says why none fits.</summary>
internal static class Recognition
{
    /// <summary>The family of a model, or what is wrong with the one that is asked for.</summary>
    /// <returns><see langword="null"/> if no family fits.</returns>
    /// <exception cref="ModelFamilyException">The word names no family.</exception>
    public static FamilyMatch? TryMatch(ModelDescription description, string? family)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (family is not null && FamilyRules.Find(family) is null)
        {
            throw new ModelFamilyException($"'{family}' is no family. The families are "
                + $"{string.Join(", ", FamilyRules.Asked.Select(rule => rule.Task))}.");
        }

        return FamilyRules.Match(description, ModelLabels.Of(description).Count, family ?? "");
    }

    /// <summary>The family of a model.</summary>
    /// <exception cref="ModelFamilyException">No family fits, or the word names none.</exception>
    public static FamilyMatch Match(ModelDescription description, string? family)
    {
        var match = TryMatch(description, family);
        if (match is { Problem: null }) return match;
        throw new ModelFamilyException(match is { Problem: { } problem }
            ? $"The model is not of the family {match.Rule.Task}: {problem}."
            : $"The model is of no family that has an engine: {WhyNone(description)}.");
    }

    private static string WhyNone(ModelDescription model)
    {
        if (UltralyticsSays.TaskWithoutEngine(model) is { } task)
            return $"its metadata says that its task is '{task}', which no engine fits";
        var labels = ModelLabels.Of(model).Count;
        foreach (var rule in FamilyRules.All)
        {
            if (rule.Match(model, labels, isAsked: false) is { IsUnclear: true, Problem: { } unclear }) return unclear;
            if (labels > 0 && rule.Match(model, 0, isAsked: false) is { Problem: null, ClassCount: { } classes }
                && classes != labels)
                return $"its metadata names {labels} classes, and the head has {classes}; repair or remove 'names'";
        }

        return $"neither its tensors ({string.Join(", ", model.Inputs.Concat(model.Outputs).Select(one => one.ToString()))}) nor "
            + "its metadata are those of one";
    }
}
