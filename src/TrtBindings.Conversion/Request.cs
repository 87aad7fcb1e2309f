namespace TrtBindings.Conversion;

/// <summary>
/// What a build asks for, as a file of lines <c>name=value</c>. The line <c>source</c> begins a model; what comes before the
/// first one is for all.
/// </summary>
/// <param name="Assets">The project's <c>project.assets.json</c>, which says where its packages are.</param>
/// <param name="Jobs">The models.</param>
internal sealed record Request(string Assets, IReadOnlyList<Job> Jobs)
{
    /// <exception cref="IOException">The file cannot be read, or it is no request.</exception>
    public static Request Read(string path)
    {
        var (assets, jobs) = ("", new List<Job>());
        foreach (var line in File.ReadLines(path))
        {
            var mark = line.IndexOf('=');
            if (mark < 0) throw new IOException($"'{path}' is no request of a build: it has the line '{line}'.");
            var (name, value) = (line[..mark], line[(mark + 1)..]);
            if (name == "assets") assets = value;
            else if (name == "source") jobs.Add(new() { Source = value });
            else if (jobs.Count == 0) throw new IOException($"'{path}' is no request of a build: '{name}' comes before a "
                + "source.");
            else jobs[^1] = jobs[^1].With(name, value) ?? throw new IOException($"'{path}' asks for '{name}', which is unknown. "
                + "TrtBindings and TrtBindings.Conversion must be of the same version.");
        }

        return new(assets, jobs);
    }
}

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
