using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>
/// What an engine for YOLO detection, poses or oriented boxes keeps and returns. The defaults are Ultralytics' for prediction.
/// </summary>
public sealed record YoloOptions
{
    /// <summary>A class counts if its score is above this; 0 to 1.</summary>
    public float Confidence { get; init; } = 0.25f;

    /// <summary>
    /// A box goes if its overlap with a better one of its class is above this; 0 to 1. The overlap is intersection over union,
    /// for oriented boxes <see cref="OrientedBox.ProbabilisticIou"/>. Only for <see cref="YoloForm.Dense"/>.
    /// </summary>
    public float Iou { get; init; } = 0.7f;

    /// <summary>Objects returned for one image at most, best scores first; at least 1.</summary>
    public int MaxDetections { get; init; } = 300;

    /// <summary>Whether boxes of different classes suppress each other.</summary>
    public bool ClassAgnostic { get; init; }

    /// <summary>
    /// Whether one anchor counts for every class above <see cref="Confidence"/> rather than for its best one. With a confidence
    /// of 0.001 (0.01 for oriented boxes) this is how average precision is computed. Only for <see cref="YoloForm.Dense"/>.
    /// </summary>
    public bool MultiLabel { get; init; }

    /// <summary>
    /// Images that one call takes at most, which memory is allocated for; at least 1. A model with a fixed batch takes
    /// up to its own, whatever is said here, and more than that is refused.
    /// </summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>
    /// Input width for a model that leaves it open; <see langword="null"/> takes the file's <c>imgsz</c>, or 640 if it
    /// has none. For a model of a fixed size it must be that size or <see langword="null"/>.
    /// </summary>
    public int? InputWidth { get; init; }

    /// <summary>Input height; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    internal void Validate()
    {
        OptionCheck.Share(Confidence, nameof(Confidence));
        OptionCheck.Share(Iou, nameof(Iou));
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
    }
}
