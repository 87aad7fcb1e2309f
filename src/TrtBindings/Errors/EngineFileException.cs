namespace TrtBindings;

/// <summary>The engine file is missing, cut off, damaged, or not a TensorRT engine.</summary>
public sealed class EngineFileException : TrtBindingsException
{
    /// <summary>An error about one engine file.</summary>
    public EngineFileException(string path, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Path = path;

    /// <summary>Full path of the file.</summary>
    public string Path { get; }
}
