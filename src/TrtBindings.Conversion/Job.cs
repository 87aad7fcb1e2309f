namespace TrtBindings.Conversion;

/// <summary>A model to convert. Texts are empty where the item says nothing.</summary>
internal sealed record Job
{
    /// <summary>Full path of the model.</summary>
    public required string Source { get; init; }

    /// <summary>Full path of the file to write.</summary>
    public string Target { get; init; } = "";

    /// <summary><c>fp16</c>, <c>bf16</c> or <c>int8</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Patterns of nodes that stay in 32 bits.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Patterns of nodes that are not quantized.</summary>
    public IReadOnlyList<string> Rest { get; init; } = [];

    /// <summary>A folder of pictures, or a calibration table.</summary>
    public string Calibration { get; init; } = "";

    /// <summary>A member of <see cref="CalibrationMethod"/>.</summary>
    public string Method { get; init; } = "";

    /// <summary>How a classifier's or a segmenter's pictures are prepared.</summary>
    public string Preset { get; init; } = "";

    /// <summary><c>TrtTask</c>.</summary>
    public string Task { get; init; } = "";

    /// <summary>The same with one more line; <see langword="null"/> for a name that means nothing.</summary>
    public Job? With(string name, string value) => name switch
    {
        "target" => this with { Target = value },
        "type" => this with { Type = value },
        "keep" => this with { Keep = [.. Keep, value] },
        "rest" => this with { Rest = [.. Rest, value] },
        "calibration" => this with { Calibration = value },
        "method" => this with { Method = value },
        "preset" => this with { Preset = value },
        "task" => this with { Task = value },
        _ => null,
    };
}
