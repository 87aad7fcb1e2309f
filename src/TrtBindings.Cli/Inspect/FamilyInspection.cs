using TrtBindings.Generators.Spec;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Cli.Inspect;

/// <summary>Says which family a model is of, by the rules that the generator and the vision engines share, and why.</summary>
internal static class FamilyInspection
{
    public static FamilyReport Of(ModelDescription model, int labels, string asked)
    {
        var chosen = FamilyRules.Match(model, labels, asked);
        var tried = FamilyRules.All.Where(rule => rule != chosen?.Rule)
            .Select(rule => new OtherFamilyReport(rule.Task, WhyNot(rule.Match(model, labels, isAsked: false), chosen)));
        if (chosen is { Problem: null })
        {
            return new(chosen.Rule.Task, chosen.Form, chosen.ClassCount,
                $"{(asked.Length > 0 ? "--family names it, and " : "")}a model of it has {chosen.Rule.Shapes}.", [.. tried]);
        }

        var problem = FamilyCheck.Problem(model, labels, chosen);
        return new(null, null, null, problem.Length > 0
            ? $"No engine: {problem}."
            : "The shapes, labels and metadata fit no family that has an engine; the class runs the model as tensors.",
                [.. tried]);
    }

    private static string WhyNot(FamilyMatch match, FamilyMatch? chosen) => match.Problem is { } problem
        ? problem
        : chosen is { Problem: null } ? $"fits too; {chosen.Rule.Task} asks for more and is tried before it" : "fits";
}
