namespace TrtBindings.Vision;

/// <summary>
/// Options that every engine has. An engine checks and copies its options when it is made: later changes to the object have
/// no effect on it.
/// </summary>
public abstract record EngineOptions
{
    /// <summary>
    /// The most images that one call takes, 1 by default; memory is allocated for that many. A model that was exported with a
    /// fixed batch takes up to its own batch; a larger value is refused.
    /// </summary>
    public int MaxBatch { get; set; } = 1;

    /// <summary>
    /// Width of the input in pixels, for a model whose width is dynamic. <see langword="null"/> takes <c>imgsz</c> from the
    /// file's metadata, or else the family's default. For a model of a fixed width it must be that width or
    /// <see langword="null"/>.
    /// </summary>
    public int? InputWidth { get; set; }

    /// <summary>Height of the input in pixels; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight { get; set; }

    /// <summary>Where images are prepared and results are made; the engine's property of that name says what came out.</summary>
    public Processing Processing { get; set; } = Processing.Auto;

    /// <summary>
    /// The most calls that the engine works on at one time, 1 to 16, where it prepares pictures and makes results on the GPU;
    /// otherwise it takes one. Each has memory of its own on the GPU, which is allocated when it is first needed.
    /// </summary>
    public int MaxInFlight { get; set; } = 2;

    /// <summary>Whether results are to stay on the GPU, so that they must be made there.</summary>
    internal virtual bool KeepsOnDevice => false;

    /// <exception cref="ArgumentOutOfRangeException">Names the option and its range.</exception>
    /// <exception cref="ArgumentException">One of a pair of options is missing.</exception>
    internal virtual void Validate()
    {
        OptionCheck.Positive(MaxBatch, nameof(MaxBatch));
        OptionCheck.Positive(InputWidth, nameof(InputWidth));
        OptionCheck.Positive(InputHeight, nameof(InputHeight));
        OptionCheck.Defined(Processing, nameof(Processing));
        if (MaxInFlight is < 1 or > EngineGate.Most)
        {
            throw new ArgumentOutOfRangeException(
                nameof(MaxInFlight), MaxInFlight, $"MaxInFlight must be 1 to {EngineGate.Most}.");
        }
    }
}

/// <summary>Options that every engine which finds objects has.</summary>
public abstract record DetectionOptions : EngineOptions
{
    private protected DetectionOptions(float confidence) => Confidence = confidence;

    /// <summary>Objects with a score above this are returned; 0 to 1. For SCRFD an equal score is returned too.</summary>
    public float Confidence { get; set; }

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Share(Confidence, nameof(Confidence));
    }
}
