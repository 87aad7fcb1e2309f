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

    /// <summary>The code that the runtime gave.</summary>
    public OnnxRuntimeErrorCode ErrorCode { get; }

    /// <summary>The C API function that failed.</summary>
    public string Function { get; }

    /// <summary>The runtime's own text.</summary>
    public string RuntimeMessage { get; }
}
