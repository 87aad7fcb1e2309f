using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>The backend that <see cref="ModelOptions.Required"/> names cannot run the model here.</summary>
public sealed class BackendUnavailableException : TrtBindingsException
{
    /// <summary>An error about one model and the backend that was required for it.</summary>
    public BackendUnavailableException(
        string model, BackendKind required, string reason, Exception? innerException = null)
        : base($"'{model}' cannot run on {BackendNames.Of(required)}, which ModelOptions.Required asks for: {reason}",
            innerException)
    {
        Model = model;
        Required = required;
        Reason = reason;
    }

    /// <summary>The file's path, or what stands in for it when the model came from memory.</summary>
    public string Model { get; }

    /// <summary>The backend that was required.</summary>
    public BackendKind Required { get; }

    /// <summary>Why it cannot be had, and what would change that.</summary>
    public string Reason { get; }
}
