namespace TrtBindings.Vision;

/// <summary>Options of <see cref="ScrfdEngine"/>. The defaults are those of InsightFace.</summary>
public sealed record ScrfdOptions : DetectionOptions
{
    /// <summary>The defaults.</summary>
    public ScrfdOptions()
        : base(confidence: 0.5f)
    {
    }

    /// <summary>
    /// A face is suppressed if its intersection over union with a better one is above this; 0 to 1. As in InsightFace, boxes
    /// count as one pixel wider and higher than they are.
    /// </summary>
    public float Iou { get; set; } = 0.4f;

    /// <summary>
    /// The most faces returned for one image, at least 1; <see langword="null"/> for all. If there are more, those returned are
    /// in the order of <see cref="Ranking"/>, and otherwise in falling order of score.
    /// </summary>
    public int? MaxFaces { get; set; }

    /// <summary>Which faces are returned if there are more than <see cref="MaxFaces"/>.</summary>
    public FaceRanking Ranking { get; set; } = FaceRanking.CentralArea;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Share(Iou, nameof(Iou));
        OptionCheck.Positive(MaxFaces, nameof(MaxFaces));
        OptionCheck.Defined(Ranking, nameof(Ranking));
    }
}

/// <summary>Which faces are returned if there are more than <see cref="ScrfdOptions.MaxFaces"/>.</summary>
public enum FaceRanking
{
    /// <summary>
    /// Large faces near the middle: the greatest area - 2 * squared distance from the box's centre to the image's centre
    /// (InsightFace's default).
    /// </summary>
    CentralArea,
    /// <summary>Large faces: the greatest area (InsightFace's <c>max</c>).</summary>
    Area,
}
