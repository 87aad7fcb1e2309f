namespace TrtBindings;

/// <summary>TensorRT reported an error, or the loaded release lacks the requested feature.</summary>
public sealed class TensorRtException : TrtBindingsException
{
    /// <summary>An error of one call.</summary>
    /// <param name="function">The call, named as in NVIDIA's API.</param>
    /// <param name="libraryVersion">The version of the loaded TensorRT.</param>
    /// <param name="messages">TensorRT's messages; may be empty.</param>
    /// <param name="summary">The fault in words; "failed." without it.</param>
    /// <param name="innerException">The exception that the application's callback threw during the call.</param>
    public TensorRtException(string function, string libraryVersion, IReadOnlyList<string> messages, string? summary = null,
        Exception? innerException = null)
        : base(Describe(function, libraryVersion, messages, summary), innerException)
    {
        Function = function;
        LibraryVersion = libraryVersion;
        Messages = messages;
    }

    /// <summary>The call that failed, named as in NVIDIA's API.</summary>
    public string Function { get; }

    /// <summary>The version of TensorRT in use, for example <c>10.6.0.26</c>.</summary>
    public string LibraryVersion { get; }

    /// <summary>TensorRT's messages about it, oldest first; may be empty.</summary>
    public IReadOnlyList<string> Messages { get; }

    private static string Describe(string function, string version, IReadOnlyList<string> messages, string? summary)
    {
        var said = messages.Count == 0 ? "" : $" TensorRT said: {string.Join(" | ", messages)}";
        return $"TensorRT {version}: {function} {summary ?? "failed."}{said}";
    }
}
