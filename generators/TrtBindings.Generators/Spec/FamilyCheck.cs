using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Spec;

/// <summary>Finds where a model's family disagrees with its metadata or its item.</summary>
internal static class FamilyCheck
{
    public static IEnumerable<DiagnosticInfo> Check(
        string path, ModelDescription model, int labelCount, FamilyMatch? family, DeclarationSpec declaration)
    {
        if (family is { Problem: { } problem })
        {
            yield return DiagnosticInfo.Of(
                Descriptors.TaskContradicted, path, family.Rule.Task, family.Rule.Shapes, problem);
        }

        // Only the outputs of YOLO-seg identify the family without labels and say how many classes there are.
        if (family is not { Problem: null } && labelCount > 0
            && YoloRule.Seg.Match(model, 0, isAsked: false) is { Form: "Dense", ClassCount: { } classes }
            && classes != labelCount)
            yield return DiagnosticInfo.Of(
                Descriptors.LabelCountDisagrees, path, Literals.Number(labelCount), Literals.Number(classes));

        if (!ScrfdRule.IsInterleaved(model.Inputs, model.Outputs)) yield break;
        // The first dynamic dimension of such a model is its batch.
        var batch = declaration.Profiles.SelectMany(p => p.Ranges).Where(r => r.Dimension == 0 && r.Maximum > 1).ToArray();
        if (batch.Length > 0)
            yield return DiagnosticInfo.Of(
                Descriptors.InterleavedBatch, path, batch[0].Name, Literals.Number(batch.Max(r => r.Maximum)));
    }
}
