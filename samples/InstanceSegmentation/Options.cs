namespace InstanceSegmentation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    /// <summary>The picture to look at; the sample's own, beside the program, unless told otherwise.</summary>
    public string Image { get; init; } = Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");

    /// <summary>How many times the picture goes through the model in one run.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Scores above this count, 0 to 1.</summary>
    public float Confidence { get; init; } = 0.4f;

    /// <summary>Where the overlay goes.</summary>
    public string Output { get; init; } = "overlay.png";
}
