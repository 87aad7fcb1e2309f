namespace TrtBindings;

/// <summary>
/// A tensor has the wrong size, rank or element type, or a dimension is larger than what was allocated. Nothing was changed.
/// </summary>
public sealed class TensorException : TrtBindingsException
{
    /// <summary>An error about one tensor or one dimension.</summary>
    public TensorException(string name, string message, Exception? innerException = null)
        : base(message, innerException) => Name = name;

    /// <summary>The ONNX name of the tensor, or the name of the dimension.</summary>
    public string Name { get; }
}
