namespace TrtBindings;

/// <summary>What runs a model, in the order of preference.</summary>
public enum BackendKind
{
    /// <summary>TensorRT on a GPU of NVIDIA, with an engine that was built for it; see <see cref="TensorRtOptions"/>.</summary>
    TensorRT,

    /// <summary>ONNX Runtime with its CUDA provider; what that provider cannot do runs on the processor.</summary>
    OnnxRuntimeCuda,

    /// <summary>ONNX Runtime on the processor.</summary>
    OnnxRuntimeCpu,
}
