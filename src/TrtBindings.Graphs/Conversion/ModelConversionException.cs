namespace TrtBindings;

/// <summary>A model could not be converted, or what came out did not work; nothing was written.</summary>
public sealed class ModelConversionException : TrtBindingsException
{
    /// <summary>An error about one model.</summary>
    public ModelConversionException(string model, string message, Exception? innerException = null)
        : base(message, innerException) => Model = model;

    /// <summary>The path of the model that was to be converted.</summary>
    public string Model { get; }

    /// <summary>True if the result itself is right, and what ONNX Runtime makes of it is not.</summary>
    internal bool IsOptimizer { get; set; }
}
