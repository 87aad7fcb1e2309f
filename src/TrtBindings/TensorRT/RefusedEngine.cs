namespace TrtBindings;

/// <summary>
/// An engine that was built and not kept, because it does not answer as the reference does or has no layer of the asked type.
/// Loads with the same options fail at once as long as the cache remembers it.
/// </summary>
/// <param name="Model">The model's path when the engine was built.</param>
/// <param name="File">Full path of the file that remembers it.</param>
/// <param name="Refused">When it was refused.</param>
/// <param name="Reason">The message of the error.</param>
public sealed record RefusedEngine(string Model, string File, DateTimeOffset Refused, string Reason)
{
    /// <summary>The TensorRT that built it.</summary>
    public string TensorRtVersion { get; init; } = "";

    /// <summary>The GPU, or the compute capability, that it was for.</summary>
    public string Gpu { get; init; } = "";

    /// <summary>The types that it might compute in.</summary>
    public string Precision { get; init; } = "";

    /// <summary>Ranges of the dynamic dimensions.</summary>
    public string Profiles { get; init; } = "";
}
