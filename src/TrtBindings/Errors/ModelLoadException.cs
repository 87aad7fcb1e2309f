namespace TrtBindings;

/// <summary>The file is a readable model, but the backend refuses it, for example because it lacks an operator.</summary>
public sealed class ModelLoadException : TrtBindingsException
{
    /// <summary>An error about one model and one backend.</summary>
    public ModelLoadException(string model, string backend, string reason, Exception? innerException = null)
        : base($"'{model}' could not be loaded by {backend}: {reason}", innerException)
    {
        Model = model;
        Backend = backend;
    }

    /// <summary>The model's path, or a description if it came from memory.</summary>
    public string Model { get; }

    /// <summary>The backend, with its version.</summary>
    public string Backend { get; }
}
