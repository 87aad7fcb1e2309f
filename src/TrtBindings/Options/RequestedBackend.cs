namespace TrtBindings;

/// <summary>Backend that a model is meant for, declared on its item with <c>TrtBackend</c>.</summary>
public enum RequestedBackend
{
    /// <summary>Whatever is there.</summary>
    Any,

    /// <summary>TensorRT; sizes outside every declared profile are refused wherever the model runs.</summary>
    TensorRT,

    /// <summary>ONNX Runtime.</summary>
    OnnxRuntime,
}
