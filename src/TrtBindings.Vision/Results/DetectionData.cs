namespace TrtBindings.Vision;

/// <summary>One <see cref="IDetection"/> as it stands in JSON. Whatever the model does not give is left out.</summary>
public sealed record DetectionData
{
    /// <summary>Name of the class.</summary>
    public string? Label { get; init; }

    /// <summary>Index of the class in the model.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>Score of the class, 0 to 1.</summary>
    public required float Score { get; init; }

    /// <summary>x1, y1, x2, y2 in pixels; <see langword="null"/> for a class of the whole picture.</summary>
    public float[]? Box { get; init; }

    /// <summary>Centre x, centre y, width, height in pixels, and the angle in radians.</summary>
    public float[]? OrientedBox { get; init; }

    /// <summary>The mask as COCO run lengths.</summary>
    public RunLengthData? Mask { get; init; }

    /// <summary>
    /// The mask as outlines: for each x, y of its points in turn, outer edges clockwise, holes counter-clockwise.
    /// </summary>
    public float[][]? Outlines { get; init; }

    /// <summary>x and y of each key point, and its confidence where the model says it.</summary>
    public float[][]? KeyPoints { get; init; }
}

/// <summary>COCO run lengths as COCO's JSON files have them.</summary>
public sealed record RunLengthData
{
    /// <summary>Height and width of the frame.</summary>
    public required int[] Size { get; init; }

    /// <summary>The compressed text, see <see cref="CocoRunLengths.ToText"/>.</summary>
    public required string Counts { get; init; }
}

/// <summary>How masks are written to JSON.</summary>
public enum MaskJson
{
    /// <summary>As COCO run lengths, exactly.</summary>
    RunLengths,

    /// <summary>As outlines, within one pixel of the mask's edge.</summary>
    Outlines,

    /// <summary>Not at all.</summary>
    None,
}
