using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>The backend that <see cref="ModelOptions.RequiredBackend"/> names cannot run the model here.</summary>
public sealed class BackendUnavailableException : TrtBindingsException
{
    /// <summary>An error about one model and the backend that was required for it.</summary>
    public BackendUnavailableException(
        string model, BackendKind requiredBackend, string reason, Exception? innerException = null)
        : base($"'{model}' cannot run on {BackendNames.Of(requiredBackend)}, which ModelOptions.RequiredBackend asks for: "
            + reason, innerException)
    {
        Model = model;
        RequiredBackend = requiredBackend;
        Reason = reason;
    }

    /// <summary>The model file's path, or another name for a model in memory.</summary>
    public string Model { get; }

    /// <summary>The backend that was required.</summary>
    public BackendKind RequiredBackend { get; }

    /// <summary>Why it cannot run the model, and what would change that.</summary>
    public string Reason { get; }
}
