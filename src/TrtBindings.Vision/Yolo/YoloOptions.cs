namespace TrtBindings.Vision;

/// <summary>
/// Options of the YOLO engines. The defaults are those of Ultralytics' predictor. (YOLOv5's own script returns up to 1000
/// objects, and YOLOX's suppresses without regard to classes from a confidence of 0.3.)
/// </summary>
public record YoloOptions : DetectionOptions
{
    /// <summary>Ultralytics' threshold.</summary>
    internal const float DefaultIou = 0.7f;

    /// <summary>The threshold of YOLOv5, YOLOv7 and YOLOX.</summary>
    internal const float OlderIou = 0.45f;

    /// <summary>The defaults.</summary>
    public YoloOptions()
        : base(confidence: 0.25f)
    {
    }

    /// <summary>
    /// A box is suppressed if it overlaps a better one of its class by more than this, 0 to 1. The overlap is intersection
    /// over union, and for oriented boxes <see cref="OrientedBox.ProbabilisticIou"/>. <see langword="null"/> is that of the
    /// model's authors: 0.7, and 0.45 for YOLOv5 and YOLOX. Has no effect on <see cref="YoloForm.EndToEnd"/>, where the graph
    /// suppresses.
    /// </summary>
    public float? Iou { get; set; }

    /// <summary>The most objects returned for one image, those with the best scores; at least 1.</summary>
    public int MaxDetections { get; set; } = 300;

    /// <summary>Whether a box also suppresses boxes of other classes.</summary>
    public bool ClassAgnostic { get; set; }

    /// <summary>
    /// Whether an anchor counts once for every class above <see cref="DetectionOptions.Confidence"/> instead of once for its
    /// best class. Average precision is computed like this, with a confidence of 0.001 (0.01 for oriented boxes). Has no effect
    /// on <see cref="YoloForm.EndToEnd"/>.
    /// </summary>
    public bool MultiLabel { get; set; }

    /// <summary>
    /// For a model whose width and height are dynamic: whether an image is padded only until both sides are multiples of the
    /// model's stride, as Ultralytics' predictor does unless it is told <c>rect=False</c>. The input then follows the shape of
    /// the image within <see cref="EngineOptions.InputWidth"/> and <see cref="EngineOptions.InputHeight"/>, and the images of one
    /// call must need the same size. Has no effect on a model of a fixed size, nor on YOLOX.
    /// </summary>
    public bool Rectangular { get; set; }

    internal override void Validate()
    {
        base.Validate();
        if (Iou is { } iou) OptionCheck.Share(iou, nameof(Iou));
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
    }
}
