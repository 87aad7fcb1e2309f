namespace TrtBindings.Vision;

/// <summary>
/// An image cannot be used: it has no pixels, its size does not fit its memory, or it is too extreme in shape.
/// </summary>
public sealed class ImageException : TrtBindingsException
{
    /// <summary>Makes an error.</summary>
    public ImageException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
