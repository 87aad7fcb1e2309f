namespace TrtBindings.Vision;

/// <summary>
/// Options of <see cref="MaskRcnnEngine{TLabel}"/>. <see cref="EngineOptions.InputWidth"/> and <see
/// cref="EngineOptions.InputHeight"/> are set together or not at all. For a model of a dynamic size they set the one size that
/// it runs at: images are resized to fit into it and placed at the top left, except for <see cref="MaskRcnnForm.Torchvision"/>,
/// which takes only images of that size. Unset, each image's own size decides.
/// </summary>
public sealed record MaskRcnnOptions : DetectionOptions
{
    /// <summary>The defaults.</summary>
    public MaskRcnnOptions()
        : base(confidence: 0.5f)
    {
    }

    /// <summary>A pixel belongs to an object if its probability is this or more; 0 to 1.</summary>
    public float MaskThreshold { get; set; } = 0.5f;

    /// <summary>Whether objects have masks.</summary>
    public bool Masks { get; set; } = true;

    /// <summary>
    /// The most objects returned for one image, those with the best scores; at least 1. <see langword="null"/> for all that the
    /// graph returns, which is 100 in most.
    /// </summary>
    public int? MaxDetections { get; set; }

    /// <summary>
    /// Length in pixels that the shorter side of an image is resized to, for <see cref="MaskRcnnForm.Detectron2"/>,
    /// <see cref="MaskRcnnForm.OnnxZoo"/> and <see cref="MaskRcnnForm.NvidiaSample"/>. <see langword="null"/> is 800, with which
    /// these models are trained.
    /// </summary>
    public int? ShorterSide { get; set; }

    /// <summary>
    /// The greatest length of the longer side in pixels; otherwise as <see cref="ShorterSide"/>. <see langword="null"/> is 1333,
    /// and no limit for <see cref="MaskRcnnForm.OnnxZoo"/>.
    /// </summary>
    public int? LongerSide { get; set; }

    /// <summary>As <see cref="YoloSegOptions.KeepMasksOnDevice"/>.</summary>
    public bool KeepMasksOnDevice { get; set; }

    internal override bool KeepsOnDevice => KeepMasksOnDevice;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Share(MaskThreshold, nameof(MaskThreshold));
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
        OptionCheck.Positive(ShorterSide, nameof(ShorterSide));
        OptionCheck.Positive(LongerSide, nameof(LongerSide));
        if (InputWidth.HasValue != InputHeight.HasValue)
            throw new ArgumentException("InputWidth and InputHeight are given together or not at all.", nameof(InputHeight));
    }
}
