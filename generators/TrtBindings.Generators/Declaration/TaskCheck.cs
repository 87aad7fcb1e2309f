namespace TrtBindings.Generators;

/// <summary>Checks <c>TrtTask</c> against the family that the shapes say.</summary>
internal static class TaskCheck
{
    private const string YoloSegShape =
        "one float input [N, 3, H, W] and two float outputs, [N, 4 + classes + masks, anchors] or [N, boxes, 6 + masks], and "
        + "[N, masks, H/4, W/4]; class names in the metadata must be as many as the classes";

    public static DiagnosticInfo? Check(string path, string text, YoloSegLayout? yoloSeg)
    {
        var task = ItemWords.Find(ItemWords.Tasks, text);
        if (task is null) return null;
        if (task != ItemWords.YoloSeg) return DiagnosticInfo.Of(Descriptors.TaskWithoutEngine, path, task);
        return yoloSeg is null ? DiagnosticInfo.Of(Descriptors.TaskContradicted, path, task, YoloSegShape) : null;
    }
}
