namespace TrtBindings;

/// <summary>ONNX Runtime reported an error.</summary>
public sealed class OnnxRuntimeException : TrtBindingsException
{
    /// <summary>An error of one call.</summary>
    public OnnxRuntimeException(
        OnnxRuntimeErrorCode errorCode, string function, string runtimeMessage, Exception? innerException = null)
        : base($"ONNX Runtime's {function} failed ({errorCode}): {runtimeMessage}", innerException)
    {
        ErrorCode = errorCode;
        Function = function;
        RuntimeMessage = runtimeMessage;
    }

    private OnnxRuntimeException(string model, OnnxRuntimeException error)
        : base($"'{model}' failed to run: {error.Message}", error)
    {
        (Model, ErrorCode, Function, RuntimeMessage) = (model, error.ErrorCode, error.Function, error.RuntimeMessage);
    }

    /// <summary>The path of the model that ran, or a description if it came from memory; empty for other calls.</summary>
    public string Model { get; } = "";

    /// <summary>ONNX Runtime's error code.</summary>
    public OnnxRuntimeErrorCode ErrorCode { get; }

    /// <summary>The C API function that failed.</summary>
    public string Function { get; }

    /// <summary>ONNX Runtime's message.</summary>
    public string RuntimeMessage { get; }

    /// <summary>The same error with the name of the model that ran.</summary>
    internal OnnxRuntimeException Of(string model) => new(model, this);
}
