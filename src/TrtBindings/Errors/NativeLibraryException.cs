namespace TrtBindings;

/// <summary>A native library is missing, too old, or another library than its name says.</summary>
public sealed class NativeLibraryException : TrtBindingsException
{
    /// <summary>An error about one library.</summary>
    public NativeLibraryException(
        string library, string message, IReadOnlyList<string> pathsTried, Exception? innerException = null)
        : base(message, innerException)
    {
        Library = library;
        PathsTried = pathsTried;
    }

    /// <summary>The library's name.</summary>
    public string Library { get; }

    /// <summary>Every path that was tried, in order.</summary>
    public IReadOnlyList<string> PathsTried { get; }
}
