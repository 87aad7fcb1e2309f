using System.Globalization;

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
    public static bool Classifies(ModelDescription model) => model.FindMetadata("task") == "classify" && Exported(model);

    /// <summary>Whether Ultralytics exported the model as one that gives every pixel a class.</summary>
    public static bool Segments(ModelDescription model) => model.FindMetadata("task") == "semantic" && Exported(model);

    /// <summary>
    /// Why a model whose metadata states one of Ultralytics' tasks is not of a family with another task;
    /// <see langword="null"/> if it may be.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="task">The task of the family.</param>
    public static string? OtherTask(ModelDescription model, string task) => model.FindMetadata("task") is { } said
        && said != task && (HasEngine(said) || TaskWithoutEngine(model) is not null) ? $"its task is '{said}'" : null;

    /// <summary>The task of a model of Ultralytics' for which there is no engine, such as <c>depth</c>.</summary>
    public static string? TaskWithoutEngine(ModelDescription model) => model.FindMetadata("task") is { Length: > 0 } task
        && !HasEngine(task) && (task == "depth" || Exported(model)) ? task : null;

    /// <summary>
    /// Whether the description names YOLOv10 and nothing says whether its graph selects, which it then does: exports of before
    /// 8.4 had no other head for it.
    /// </summary>
    public static bool Version10(ModelDescription model) =>
        model.FindMetadata("end2end") is null && Described(model, "ULTRALYTICS YOLOV10");

    /// <summary>
    /// Whether rows of a box, score and class are those of YOLOv10's head although nothing says that the graph selects. Releases
    /// before 8.4 wrote them for no other YOLO, and neither a transposed head nor one with an objectness. The description may
    /// name a file, such as <c>best</c>.
    /// </summary>
    public static bool SelectsUnsaid(ModelDescription model) => Version10(model)
        || (model.FindMetadata("end2end") is null && model.FindMetadata("author") == "Ultralytics" && !RtDetr(model)
            && model.FindMetadata("task") is { } task && HasEngine(task) && IsBefore84(model));

    /// <summary>Whether the description names a YOLO: <c>Ultralytics YOLOv10n model trained on …</c>.</summary>
    public static bool Yolo(ModelDescription model) => Described(model, "YOLO");

    /// <summary>
    /// The multiple that both sides of an input must be; <see langword="null"/> if nothing says it, or any size will do.
    /// </summary>
    public static int? Stride(ModelDescription model) => Number(model, "stride") is > 1 and var stride ? stride : null;

    /// <summary>
    /// The most images for which a suppression in the graph works, where the graph has one; it returns rows of zeros for those
    /// after them. <see langword="null"/> if nothing says it.
    /// </summary>
    public static int? SuppressedBatch(ModelDescription model) => HasSuppression(model) ? Number(model, "batch") : null;

    /// <summary>
    /// Whether a head with selected rows takes a fixed number of them from the anchors of strides 8 to <see cref="Stride"/>: an
    /// end-to-end head of YOLO, whose description does not name a grid of stride 4.
    /// </summary>
    public static bool PicksRows(ModelDescription model) => !HasSuppression(model) && !HasFineGrid(model)
        && (EndToEnd(model) == true || SelectsUnsaid(model));

    /// <summary>Whether Ultralytics exported the model.</summary>
    public static bool Exported(ModelDescription model) =>
        model.FindMetadata("author") == "Ultralytics" || Described(model, "ULTRALYTICS");

    private static int? Number(ModelDescription model, string key) =>
        int.TryParse(model.FindMetadata(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : null;

    private static bool HasEngine(string task) =>
        task is "detect" or "segment" or "pose" or "obb" or "classify" or "semantic";

    private static bool Described(ModelDescription model, string name) =>
        NameOf(model).Replace("-", "").ToUpperInvariant().Contains(name);

    /// <summary>The name in <c>Ultralytics YOLO26n model trained on …</c>; what it was trained on may have any name.</summary>
    private static string NameOf(ModelDescription model)
    {
        var text = model.FindMetadata("description") ?? "";
        var end = text.IndexOf(" model", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? text : text.Substring(0, end);
    }

    /// <summary>Whether the name has the word <c>-p2</c>, as that of <c>YOLOv8n-p2</c>.</summary>
    private static bool HasFineGrid(ModelDescription model)
    {
        const string Word = "-p2";
        var name = NameOf(model);
        for (var at = 0; (at = name.IndexOf(Word, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at += Word.Length;
            if (at == name.Length || !char.IsLetterOrDigit(name[at])) return true;
        }

        return false;
    }

    private static bool IsBefore84(ModelDescription model) => model.FindMetadata("version")?.Split('.') is ["8", var minor, ..]
        && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 4;

    private static bool HasSuppression(ModelDescription model)
    {
        // The text of a Python dictionary, or of JSON in the header of a TensorRT engine.
        var plain = model.FindMetadata("args")?.Replace(" ", "").Replace('"', '\'') ?? "";
        return plain.ToUpperInvariant().Contains("'NMS':TRUE");
    }
}
