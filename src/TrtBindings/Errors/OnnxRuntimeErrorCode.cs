namespace TrtBindings;

/// <summary>ONNX Runtime's <c>OrtErrorCode</c>.</summary>
public enum OnnxRuntimeErrorCode
{
    /// <summary>No error.</summary>
    Ok = 0,
    /// <summary>General failure.</summary>
    Fail = 1,
    /// <summary>Invalid argument.</summary>
    InvalidArgument = 2,
    /// <summary>File not found.</summary>
    NoSuchFile = 3,
    /// <summary>No model loaded.</summary>
    NoModel = 4,
    /// <summary>An execution engine failed.</summary>
    EngineError = 5,
    /// <summary>A C++ exception inside the runtime.</summary>
    RuntimeException = 6,
    /// <summary>The model's protobuf cannot be read.</summary>
    InvalidProtobuf = 7,
    /// <summary>A model is loaded already.</summary>
    ModelLoaded = 8,
    /// <summary>Not implemented, for example an operator.</summary>
    NotImplemented = 9,
    /// <summary>The graph violates ONNX's rules.</summary>
    InvalidGraph = 10,
    /// <summary>An execution provider failed.</summary>
    ExecutionProviderFail = 11,
    /// <summary>Loading was cancelled.</summary>
    LoadCanceled = 12,
    /// <summary>The model must be compiled first.</summary>
    RequiresCompilation = 13,
    /// <summary>Something was not found.</summary>
    NotFound = 14,
    /// <summary>The device was reset.</summary>
    DeviceReset = 15,
}
