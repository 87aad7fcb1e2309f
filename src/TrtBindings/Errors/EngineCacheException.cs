namespace TrtBindings;

/// <summary>The engine cache folder cannot be used: it is not writable, or other users can write to it.</summary>
public sealed class EngineCacheException : TrtBindingsException
{
    /// <summary>An error about one cache folder.</summary>
    public EngineCacheException(string folder, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Folder = folder;

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }
}
