using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Spec;

/// <summary>Finds where a model's family disagrees with its metadata or its item.</summary>
internal static class FamilyCheck
{
    public static IEnumerable<DiagnosticInfo> Check(
        string path, ModelDescription model, int labelCount, FamilyMatch? family, DeclarationSpec declaration)
    {
        if (labelCount == 0 && model.FindMetadata("names")?.Trim() is { Length: > 0 } names && names is not ("{}" or "[]"))
        {
            yield return DiagnosticInfo.Of(
                Descriptors.LabelsUnreadable, path, names.Length > 60 ? names.Substring(0, 60) + "…" : names);
        }

        if (family is { Problem: { } problem })
        {
            yield return DiagnosticInfo.Of(
                Descriptors.TaskContradicted, path, family.Rule.Task, family.Rule.Shapes, problem);
        }

        if (family is null && Unclear(model, labelCount) is { } unclear)
            yield return DiagnosticInfo.Of(Descriptors.HeadUnclear, path, unclear);
        if (family is not { Problem: null } && Disagreeing(model, labelCount) is { } other)
        {
            yield return DiagnosticInfo.Of(
                Descriptors.LabelCountDisagrees, path, Literals.Number(labelCount), Literals.Number(other.ClassCount!.Value),
                other.Rule.Task + "Engine");
        }

        if (!ScrfdRule.IsInterleaved(model.Inputs, model.Outputs)) yield break;
        // The first dynamic dimension of such a model is its batch.
        var batch = declaration.Profiles.SelectMany(p => p.Ranges).Where(r => r.Dimension == 0 && r.Maximum > 1).ToArray();
        if (batch.Length > 0)
            yield return DiagnosticInfo.Of(
                Descriptors.InterleavedBatch, path, batch[0].Name, Literals.Number(batch.Max(r => r.Maximum)));
    }

    /// <summary>Why the model has no engine, for the error where it is given to one; empty if nothing special is known.</summary>
    public static string Problem(ModelDescription model, int labelCount, FamilyMatch? family)
    {
        if (family is { Problem: null }) return "";
        if (family is { Problem: { } problem }) return problem;
        if (UltralyticsSays.TaskWithoutEngine(model) is { } task)
            return $"the metadata says that its task is '{task}', which no engine fits. Its class runs without one";
        if (Unclear(model, labelCount) is { } unclear) return unclear;
        return Disagreeing(model, labelCount) is { } other
            ? $"the metadata names {Literals.Number(labelCount)} classes, and the head has "
                + $"{Literals.Number(other.ClassCount!.Value)}; repair or remove 'names'"
            : "";
    }

    /// <summary>Why no family was chosen although the model may well be of one.</summary>
    private static string? Unclear(ModelDescription model, int labelCount)
    {
        foreach (var rule in FamilyRules.All)
            if (rule.Match(model, labelCount, isAsked: false) is { IsUnclear: true, Problem: { } problem }) return problem;
        return null;
    }

    /// <summary>The family that the model would have if it had no labels, with another number of classes.</summary>
    private static FamilyMatch? Disagreeing(ModelDescription model, int labelCount)
    {
        if (labelCount == 0) return null;
        foreach (var rule in FamilyRules.All)
        {
            if (rule.Match(model, 0, isAsked: false) is { Problem: null, ClassCount: { } classes } match
                && classes != labelCount)
                return match;
        }

        return null;
    }
}
