namespace TrtBindings;

/// <summary>Base of every error that this library expects and reports.</summary>
public abstract class TrtBindingsException : Exception
{
    /// <summary>An error with its message and cause.</summary>
    protected TrtBindingsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
