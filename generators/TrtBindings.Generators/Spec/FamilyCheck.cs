using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Families;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Finds where a family's shapes disagree with the metadata or with what the item declares.</summary>
internal static class FamilyCheck
{
    public static IEnumerable<DiagnosticInfo> Check(
        string path, ModelDescription model, int labelCount, ModelFamily? family, DeclarationSpec declaration)
    {
        // Only a head that the shapes alone make a YOLO-seg one says how many classes it tells apart.
        if (family is null && labelCount > 0
            && YoloSegDetector.Detect(model, 0) is { Form: YoloSegLayout.Dense, ClassCount: { } classes }
            && classes != labelCount)
            yield return DiagnosticInfo.Of(
                Descriptors.LabelCountDisagrees, path, Literals.Number(labelCount), Literals.Number(classes));

        if (!ImageBatches.AreInterleaved(model.Inputs, model.Outputs)) yield break;
        // The batch is the first dynamic dimension of such a model.
        var batch = declaration.Profiles.SelectMany(p => p.Ranges).Where(r => r.Dimension == 0 && r.Maximum > 1).ToArray();
        if (batch.Length > 0)
            yield return DiagnosticInfo.Of(
                Descriptors.InterleavedBatch, path, batch[0].Name, Literals.Number(batch.Max(r => r.Maximum)));
    }

    /// <summary>Checks <c>TrtTask</c> against the family that was detected.</summary>
    public static DiagnosticInfo? CheckTask(string path, string text, ModelFamily? family) =>
        family is null && ItemWords.Find(ItemWords.Tasks, text) is { } task
            ? DiagnosticInfo.Of(Descriptors.TaskContradicted, path, task, FamilyDetectors.Of(task).Shapes)
            : null;
}
