namespace TrtBindings.Vision;

/// <summary>
/// Options of <see cref="SemanticSegmentationEngine{TLabel}"/>. If the model's size is dynamic,
/// <see cref="EngineOptions.InputWidth"/> and <see cref="EngineOptions.InputHeight"/> are set together or not at all; unset,
/// <see cref="SegmentationPreprocessing.ShortSide"/> decides, then <c>imgsz</c> in the file's metadata, then 520.
/// </summary>
public sealed record SemanticSegmentationOptions : EngineOptions
{
    /// <summary>
    /// Name of the output to read, for a model with several heads, such as drivable area and lanes; an engine for each may share
    /// the model. <see langword="null"/> is the first output that can be one. Class names in the metadata must be as many as the
    /// classes of this head.
    /// </summary>
    public string? Output { get; set; }

    /// <summary>
    /// For a model whose width and height are dynamic and <see cref="SegmentationPreprocessing.Letterboxes"/>: as
    /// <see cref="YoloOptions.Rectangular"/>.
    /// </summary>
    public bool Rectangular { get; set; }

    /// <summary>The pixels that the class map is made of.</summary>
    public ClassMapSpace Space { get; set; } = ClassMapSpace.Image;

    /// <summary>
    /// For a model of one plane: pixels above this are of its class. <see langword="null"/> is 0.5 if the loaded file's graph
    /// ends in <c>Sigmoid</c> or <c>HardSigmoid</c>, and otherwise 0, the logit of a probability of 0.5. If the file does not
    /// tell (a TensorRT engine, a division), the image's values decide: 0.5 if all are in 0 to 1.
    /// </summary>
    public float? Threshold { get; set; }

    /// <summary>
    /// For a model whose graph computes the map: the value in the map that is the first label; 1 if 0 is background without a
    /// name. <see langword="null"/> is 1 for a model with a single label, because a map of zeros alone would tell nothing, and
    /// otherwise 0. For other models it has no effect.
    /// </summary>
    public int? FirstLabel { get; set; }

    /// <summary>
    /// Whether maps stay on the GPU, as <see cref="ClassMap{TLabel}.OnDevice"/>; the map itself is then empty. Needs results that
    /// are made on the GPU; refused otherwise.
    /// </summary>
    public bool KeepMapsOnDevice { get; set; }

    internal override bool KeepsOnDevice => KeepMapsOnDevice;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Defined(Space, nameof(Space));
        if (FirstLabel is < 0 or > byte.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(FirstLabel), FirstLabel, "FirstLabel must be 0 to 255.");
        if (Threshold is { } threshold && !float.IsFinite(threshold))
            throw new ArgumentOutOfRangeException(nameof(Threshold), threshold, "Threshold must be a finite number.");
    }
}

/// <summary>The pixels that a class map is made of.</summary>
public enum ClassMapSpace
{
    /// <summary>Pixels of the image: the logits are resized to its size, then each pixel takes its best class.</summary>
    Image,
    /// <summary>Pixels of the model's output, at its own size; nothing is resized.</summary>
    Model,
}
