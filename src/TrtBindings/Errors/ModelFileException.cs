namespace TrtBindings;

/// <summary>
/// The model file, or a file with its weights, is missing, unreadable or not an .onnx.
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

    /// <summary>The model's path, or a description if it came from memory.</summary>
    public string Model { get; }

    /// <summary>The paths that were tried, in order; empty if the caller named one.</summary>
    public IReadOnlyList<string> PathsTried { get; }
}
