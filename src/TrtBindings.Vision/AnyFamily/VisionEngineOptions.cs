namespace TrtBindings.Vision;

/// <summary>
/// Options of <see cref="VisionEngine"/>: those that families share. <see langword="null"/> is the default of the model's family,
/// and an option that the family does not have is refused.
/// </summary>
public sealed record VisionEngineOptions
{
    /// <summary>As <see cref="EngineOptions.MaxBatch"/>.</summary>
    public int MaxBatch { get; set; } = 1;

    /// <summary>As <see cref="EngineOptions.InputWidth"/>.</summary>
    public int? InputWidth { get; set; }

    /// <summary>As <see cref="EngineOptions.InputHeight"/>.</summary>
    public int? InputHeight { get; set; }

    /// <summary>As <see cref="EngineOptions.Processing"/>.</summary>
    public Processing Processing { get; set; } = Processing.Auto;

    /// <summary>As <see cref="DetectionOptions.Confidence"/>, for families that find objects; 0 to 1.</summary>
    public float? Confidence { get; set; }

    /// <summary>As <see cref="YoloOptions.Iou"/> and <see cref="ScrfdOptions.Iou"/>; 0 to 1.</summary>
    public float? Iou { get; set; }

    /// <summary>The most objects, faces or classes for one image, those with the best scores; at least 1.</summary>
    public int? MaxResults { get; set; }

    /// <summary>Finds every class of an anchor above the confidence, not only the best, where the family can.</summary>
    internal bool AllClasses { get; init; }

    /// <summary>Preparation of images for a classifier; needed where the metadata does not say it.</summary>
    public ClassificationPreprocessing? Classification { get; set; }

    /// <summary>Preparation of images for semantic segmentation; needed where the metadata does not say it.</summary>
    public SegmentationPreprocessing? Segmentation { get; set; }
}
