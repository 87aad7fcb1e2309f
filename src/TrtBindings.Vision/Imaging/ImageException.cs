namespace TrtBindings.Vision;

/// <summary>
/// A picture that cannot be used: no pixels, or a size that does not fit its memory. Nothing was changed.
/// </summary>
public sealed class ImageException : TrtBindingsException
{
    /// <summary>An error that says what is wrong with the picture.</summary>
    public ImageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
