namespace TrtBindings.Generators;

/// <summary>Checks <c>TrtTask</c> against the family that the shapes say.</summary>
internal static class TaskCheck
{
    public static DiagnosticInfo? Check(string path, string text, ModelFamily? family) =>
        family is null && ItemWords.Find(ItemWords.Tasks, text) is { } task
            ? DiagnosticInfo.Of(Descriptors.TaskContradicted, path, task, FamilyDetectors.Of(task).Shapes)
            : null;
}
