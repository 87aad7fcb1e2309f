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

    /// <summary>ONNX Runtime's error code.</summary>
    public OnnxRuntimeErrorCode ErrorCode { get; }

    /// <summary>The C API function that failed.</summary>
    public string Function { get; }

    /// <summary>ONNX Runtime's message.</summary>
    public string RuntimeMessage { get; }
}
