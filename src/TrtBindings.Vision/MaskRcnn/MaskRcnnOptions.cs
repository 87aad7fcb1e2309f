using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>What a <see cref="MaskRcnnEngine{TLabel}"/> keeps and returns.</summary>
public sealed record MaskRcnnOptions
{
    /// <summary>
    /// An instance counts if its score is above this; 0 to 1. Graphs leave weak ones out themselves, mostly those of 0.05 and
    /// less, and suppress overlapping ones.
    /// </summary>
    public float Confidence { get; init; } = 0.5f;

    /// <summary>A pixel belongs to an instance if its probability is this or more; 0 to 1.</summary>
    public float MaskThreshold { get; init; } = 0.5f;

    /// <summary>Whether instances have masks.</summary>
    public bool Masks { get; init; } = true;

    /// <summary>
    /// Instances returned for one image at most, best scores first; at least 1, <see langword="null"/> for all that the graph
    /// gives (100 in most).
    /// </summary>
    public int? MaxDetections { get; init; }

    /// <summary>
    /// Images that one call takes at most; at least 1. Only <see cref="MaskRcnnForm.NvidiaSample"/> takes more than one.
    /// </summary>
    public int MaxBatch { get; init; } = 1;

    /// <summary>
    /// Pixels that the shorter side gets where pictures are resized outside the graph by their sides: for
    /// <see cref="MaskRcnnForm.Detectron2"/>, <see cref="MaskRcnnForm.OnnxZoo"/> and <see cref="MaskRcnnForm.NvidiaSample"/>.
    /// <see langword="null"/> takes 800, which their models are trained with.
    /// </summary>
    public int? ShorterSide { get; init; }

    /// <summary>
    /// Pixels that the longer side gets at most; otherwise as <see cref="ShorterSide"/>. <see langword="null"/> takes 1333, and
    /// no limit for <see cref="MaskRcnnForm.OnnxZoo"/>.
    /// </summary>
    public int? LongerSide { get; init; }

    /// <summary>
    /// Width of the one size that the model is to be run at, for a model that leaves it open; given with
    /// <see cref="InputHeight"/> or not at all. Pictures are resized to fit into it and stand at the top left, except for
    /// <see cref="MaskRcnnForm.Torchvision"/>, where they must have that size. <see langword="null"/> runs each picture at the
    /// size that its own gives. For a model of a fixed size it must be that size or <see langword="null"/>.
    /// </summary>
    public int? InputWidth { get; init; }

    /// <summary>Input height; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">Names the option and what it may be.</exception>
    /// <exception cref="ArgumentException">One of a pair of options is missing.</exception>
    internal void Validate()
    {
        OptionCheck.Share(Confidence, nameof(Confidence));
        OptionCheck.Share(MaskThreshold, nameof(MaskThreshold));
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(ShorterSide, nameof(ShorterSide));
        OptionCheck.Positive(LongerSide, nameof(LongerSide));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
        if (InputWidth.HasValue != InputHeight.HasValue)
            throw new ArgumentException("InputWidth and InputHeight are given together or not at all.", nameof(InputHeight));
    }
}
