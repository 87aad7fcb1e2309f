namespace TrtBindings;

/// <summary>A folder of cached engines that cannot be used: not writable, or not safe because others can write to it.</summary>
public sealed class EngineCacheException : TrtBindingsException
{
    /// <summary>An error about one cache folder.</summary>
    public EngineCacheException(string folder, string message, Exception? innerException = null)
        : base(message, innerException) =>
        Folder = folder;

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }
}
