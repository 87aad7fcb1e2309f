namespace TrtBindings.Generators;

/// <summary>Checks <c>TrtTask</c> against the family that the shapes say.</summary>
internal static class TaskCheck
{
    public static DiagnosticInfo? Check(string path, string text, ModelFamily? family)
    {
        if (family is not null || ItemWords.Find(ItemWords.Tasks, text) is not { } task) return null;
        return FamilyDetectors.Of(task) is { } detector
            ? DiagnosticInfo.Of(Descriptors.TaskContradicted, path, task, detector.Shapes)
            : DiagnosticInfo.Of(Descriptors.TaskWithoutEngine, path, task);
    }
}
