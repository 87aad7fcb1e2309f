using TrtBindings.Errors;

namespace TrtBindings;

/// <summary>TensorRT could not build an engine because of the model, an option, the installation or the GPU.</summary>
public sealed class EngineBuildException : TrtBindingsException
{
    private const int MostShown = 4;

    /// <summary>An error of one build.</summary>
    /// <param name="model">The model's path, or a description if it came from memory.</param>
    /// <param name="libraryVersion">The version of the loaded TensorRT.</param>
    /// <param name="reason">The reason and the remedy; in the message it follows the issues.</param>
    /// <param name="issues">The parts of the model that TensorRT refuses.</param>
    /// <param name="innerException">The error of the call that failed.</param>
    public EngineBuildException(string model, string libraryVersion, string reason,
        IReadOnlyList<EngineBuildIssue>? issues = null, Exception? innerException = null)
        : base(Describe(model, libraryVersion, reason, issues ?? []), innerException)
    {
        Model = model;
        LibraryVersion = libraryVersion;
        Issues = issues ?? [];
    }

    /// <summary>The model's path, or a description if it came from memory.</summary>
    public string Model { get; }

    /// <summary>The version of TensorRT in use, for example <c>10.6.0.26</c>.</summary>
    public string LibraryVersion { get; }

    /// <summary>The parts of the model that TensorRT refuses, in its order; empty if the model is not the reason.</summary>
    public IReadOnlyList<EngineBuildIssue> Issues { get; }

    /// <summary>
    /// ONNX names of the nodes for which TensorRT has no kernel in their type; empty for other reasons. Convert the model with
    /// them in <c>ConversionOptions.KeepNodes</c>, and build again.
    /// </summary>
    public IReadOnlyList<string> NodesWithoutKernel { get; init; } = [];

    /// <summary>
    /// When an engine by the same model, options, TensorRT, GPU and driver was built and had no layer of the type that was asked
    /// for, if a load has met that verdict in the cache and nothing was built now; <see langword="null"/> otherwise.
    /// </summary>
    public DateTimeOffset? RefusedAt { get; internal init; }

    /// <summary>The message of that time.</summary>
    internal string Said { get; init; } = "";

    /// <inheritdoc/>
    public override string Message => RefusedAt is { } time ? RememberedRefusal.Describe(Said, time) : base.Message;

    private static string Describe(string model, string version, string reason, IReadOnlyList<EngineBuildIssue> issues)
    {
        var shown = string.Join(" | ", issues.Take(MostShown));
        var more = issues.Count > MostShown ? $" | and {issues.Count - MostShown} more" : "";
        var what = issues.Count == 0 ? reason : $"{shown}{more}. {reason}";
        return $"TensorRT {version} cannot build an engine of '{model}': {what}";
    }
}
