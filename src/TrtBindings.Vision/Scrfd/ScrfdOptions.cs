using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>What a <see cref="ScrfdEngine"/> keeps and returns. The defaults are InsightFace's.</summary>
public sealed record ScrfdOptions
{
    /// <summary>A face counts if its score is this or more; 0 to 1.</summary>
    public float Confidence { get; init; } = 0.5f;

    /// <summary>
    /// A face goes if its intersection over union with a better one is above this; 0 to 1. Boxes count one pixel wider and
    /// higher than they are, as InsightFace has it.
    /// </summary>
    public float Iou { get; init; } = 0.4f;

    /// <summary>
    /// Faces returned for one image at most, at least 1; <see langword="null"/> for all. Where it leaves some out, the rest
    /// come in the order of <see cref="Ranking"/>; otherwise best scores come first.
    /// </summary>
    public int? MaxFaces { get; init; }

    /// <summary>Which faces stay where there are more than <see cref="MaxFaces"/>.</summary>
    public FaceRanking Ranking { get; init; } = FaceRanking.CentralArea;

    /// <summary>
    /// Images that one call takes at most, which memory is allocated for; at least 1. A model with a fixed batch takes up
    /// to its own, whatever is said here. A model whose outputs have no batch dimension takes one, and more is refused.
    /// </summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>
    /// Input width for a model that leaves it open; <see langword="null"/> takes 640. For a model of a fixed size it must
    /// be that size or <see langword="null"/>. A multiple of the largest stride (32 or 128) suits every export.
    /// </summary>
    public int? InputWidth { get; init; }

    /// <summary>Input height; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    internal void Validate()
    {
        OptionCheck.Share(Confidence, nameof(Confidence));
        OptionCheck.Share(Iou, nameof(Iou));
        OptionCheck.Positive(MaxFaces, nameof(MaxFaces));
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
        OptionCheck.Defined(Ranking, nameof(Ranking));
    }
}
