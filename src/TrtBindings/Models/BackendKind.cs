namespace TrtBindings;

/// <summary>What runs a model, in the order of preference.</summary>
public enum BackendKind
{
    /// <summary>TensorRT. This version of TrtBindings has no such backend yet: to require it is an error that says so.</summary>
    TensorRT,

    /// <summary>ONNX Runtime with its CUDA provider; what that provider cannot do runs on the processor.</summary>
    OnnxRuntimeCuda,

    /// <summary>ONNX Runtime on the processor.</summary>
    OnnxRuntimeCpu,
}
