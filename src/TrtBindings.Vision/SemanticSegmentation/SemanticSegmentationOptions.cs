using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>What a <see cref="SemanticSegmentationEngine{TLabel}"/> takes and returns.</summary>
public sealed record SemanticSegmentationOptions
{
    /// <summary>Which pixels the map is made of.</summary>
    public ClassMapSpace Space { get; init; } = ClassMapSpace.Image;

    /// <summary>
    /// For a model of one plane: a pixel is of its class above this. <see langword="null"/> takes 0.5 where the loaded file's
    /// graph ends in <c>Sigmoid</c> or <c>HardSigmoid</c>, else 0, which is a probability of 0.5 as a logit. Where the file does
    /// not tell (a TensorRT engine, a division), the picture's values decide: 0.5 if all are in 0 to 1.
    /// </summary>
    public float? Threshold { get; init; }

    /// <summary>
    /// Images that one call takes at most, which memory is allocated for; at least 1. A model with a fixed batch takes
    /// up to its own, whatever is said here, and more than that is refused.
    /// </summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>
    /// Input width for a model that leaves it open, together with <see cref="InputHeight"/>; <see langword="null"/> goes by
    /// <see cref="SegmentationPreprocessing.ShortSide"/>, without that by the file's <c>imgsz</c>, or 520. For a model of a
    /// fixed size it must be that size or <see langword="null"/>.
    /// </summary>
    public int? InputWidth { get; init; }

    /// <summary>Input height; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    internal void Validate()
    {
        OptionCheck.Defined(Space, nameof(Space));
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
        if (Threshold is { } threshold && !float.IsFinite(threshold))
            throw new ArgumentOutOfRangeException(nameof(Threshold), threshold, "Threshold must be a finite number.");
    }
}
