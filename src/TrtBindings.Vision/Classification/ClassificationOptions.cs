using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>What a <see cref="ClassificationEngine{TLabel}"/> takes and returns.</summary>
public sealed record ClassificationOptions
{
    /// <summary>Classes returned for one image at most, best first; at least 1. A model with fewer classes returns all.</summary>
    public int Top { get; init; } = 5;

    /// <summary>What the model gives for each class.</summary>
    public ClassScores Scores { get; init; } = ClassScores.Automatic;

    /// <summary>
    /// Images that one call takes at most, which memory is allocated for; at least 1. A model with a fixed batch takes
    /// up to its own, whatever is said here, and more than that is refused.
    /// </summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>
    /// Input width for a model that leaves it open; <see langword="null"/> takes the file's <c>imgsz</c>, or 224 if it
    /// has none. For a model of a fixed size it must be that size or <see langword="null"/>.
    /// </summary>
    public int? InputWidth { get; init; }

    /// <summary>Input height; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    internal void Validate()
    {
        OptionCheck.Positive(Top, nameof(Top));
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
        OptionCheck.Defined(Scores, nameof(Scores));
    }
}
