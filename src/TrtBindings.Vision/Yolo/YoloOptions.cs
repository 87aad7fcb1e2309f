namespace TrtBindings.Vision;

/// <summary>Options of the YOLO engines. The defaults are those of Ultralytics' predictor.</summary>
public record YoloOptions : DetectionOptions
{
    /// <summary>The defaults.</summary>
    public YoloOptions()
        : base(confidence: 0.25f)
    {
    }

    /// <summary>
    /// A box is suppressed if it overlaps a better one of its class by more than this, 0 to 1. The overlap is intersection
    /// over union, and for oriented boxes <see cref="OrientedBox.ProbabilisticIou"/>. Has no effect on
    /// <see cref="YoloForm.EndToEnd"/>, where the graph suppresses.
    /// </summary>
    public float Iou { get; set; } = 0.7f;

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

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Share(Iou, nameof(Iou));
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
    }
}
