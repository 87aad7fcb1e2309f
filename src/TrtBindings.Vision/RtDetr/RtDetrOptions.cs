namespace TrtBindings.Vision;

/// <summary>Options of <see cref="RtDetrEngine{TLabel}"/>. The defaults are those of Ultralytics' predictor.</summary>
public sealed record RtDetrOptions : DetectionOptions
{
    /// <summary>The defaults.</summary>
    public RtDetrOptions()
        : base(confidence: 0.25f)
    {
    }

    /// <summary>The most objects returned for one image, those with the best scores; at least 1.</summary>
    public int MaxDetections { get; set; } = 300;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Positive(MaxDetections, nameof(MaxDetections));
    }
}
