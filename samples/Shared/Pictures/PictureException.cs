namespace TrtBindings.Samples;

/// <summary>A picture file that is malformed, too large or of a kind that is not read here.</summary>
internal sealed class PictureException(string message, Exception? innerException = null)
    : Exception(message, innerException);
