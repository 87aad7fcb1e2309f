namespace TrtBindings;

/// <summary>The backend that a model is meant for, declared on its item with <c>TrtBackend</c>.</summary>
public enum RequestedBackend
{
    /// <summary>Any backend.</summary>
    Any,

    /// <summary>TensorRT. Sizes outside every declared profile are refused on every backend.</summary>
    TensorRT,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,
}
