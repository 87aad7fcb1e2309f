namespace TrtBindings;

/// <summary>An option has a value that cannot be used, or a call needs an option that is not set.</summary>
public sealed class ModelOptionException : TrtBindingsException
{
    /// <summary>An error about one option.</summary>
    /// <param name="option">The option with its type, for example <c>TensorRtOptions.OptimizationLevel</c>.</param>
    /// <param name="message">The fault, and the value to set instead.</param>
    /// <param name="innerException">The error behind it.</param>
    public ModelOptionException(string option, string message, Exception? innerException = null)
        : base(message, innerException) => Option = option;

    /// <summary>The option with its type, for example <c>TensorRtOptions.OptimizationLevel</c>.</summary>
    public string Option { get; }
}
