namespace TrtBindings.ModelFiles.Families;

/// <summary>What Ultralytics' exporter writes into the metadata about the head of a model.</summary>
internal static class UltralyticsSays
{
    /// <summary>
    /// Whether the graph selects its predictions: <c>end2end</c>, or <c>nms</c> among the arguments. <see langword="null"/> if
    /// nothing says it, as in exports of before 8.4.
    /// </summary>
    public static bool? EndToEnd(ModelDescription model)
    {
        var said = model.FindMetadata("end2end");
        if (string.Equals(said, "True", StringComparison.OrdinalIgnoreCase) || HasSuppression(model)) return true;
        return said is null ? null : false;
    }

    /// <summary>
    /// Whether the metadata has what says that the graph selects, and it does not say so: neither <c>end2end</c> nor
    /// <c>nms</c> is true.
    /// </summary>
    public static bool Dense(ModelDescription model) => EndToEnd(model) is not true
        && (model.FindMetadata("end2end") is not null || model.FindMetadata("args") is not null);

    /// <summary>Whether the model is an RT-DETR: by its head or, where none is written, by its description.</summary>
    public static bool RtDetr(ModelDescription model) => model.FindMetadata("head") is { } head
        ? head == "RTDETRDecoder"
        : Described(model, "RTDETR");

    /// <summary>Whether Ultralytics exported the model as a classifier, and so prepared its images in its own way.</summary>
    public static bool Classifies(ModelDescription model) => model.FindMetadata("task") == "classify"
        && (model.FindMetadata("author") == "Ultralytics" || Described(model, "ULTRALYTICS"));

    /// <summary>Whether the description names a YOLO: <c>Ultralytics YOLOv10n model trained on …</c>.</summary>
    public static bool Yolo(ModelDescription model) => Described(model, "YOLO");

    private static bool Described(ModelDescription model, string name) =>
        (model.FindMetadata("description") ?? "").Replace("-", "").ToUpperInvariant().Contains(name);

    private static bool HasSuppression(ModelDescription model)
    {
        // The text of a Python dictionary.
        var plain = model.FindMetadata("args")?.Replace(" ", "").Replace('"', '\'') ?? "";
        return plain.Contains("'nms':True");
    }
}
