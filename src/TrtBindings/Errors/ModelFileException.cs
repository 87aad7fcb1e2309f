namespace TrtBindings;

/// <summary>
/// A model file, or a file with its weights, that is missing, unreadable or not what its name says.
/// </summary>
public sealed class ModelFileException : TrtBindingsException
{
    /// <summary>An error about one model file.</summary>
    public ModelFileException(
        string model, string message, IReadOnlyList<string>? pathsTried = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Model = model;
        PathsTried = pathsTried ?? [];
    }

    /// <summary>The file's path, or what stands in for it when the model came from memory.</summary>
    public string Model { get; }

    /// <summary>Where the file was looked for, in order; empty if the path was given.</summary>
    public IReadOnlyList<string> PathsTried { get; }
}
