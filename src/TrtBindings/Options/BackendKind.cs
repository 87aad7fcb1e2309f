namespace TrtBindings;

/// <summary>The backends, in order of preference.</summary>
public enum BackendKind
{
    /// <summary>TensorRT on an NVIDIA GPU, with an engine that was built for it; see <see cref="TensorRtOptions"/>.</summary>
    TensorRT,

    /// <summary>ONNX Runtime with its CUDA provider; nodes that this provider lacks run on the CPU.</summary>
    OnnxRuntimeCuda,

    /// <summary>ONNX Runtime on the CPU.</summary>
    OnnxRuntimeCpu,
}
