namespace TrtBindings;

/// <summary>The backends that can run a model, in order of preference.</summary>
public enum BackendKind
{
    /// <summary>TensorRT on an NVIDIA GPU, with an engine built for that GPU; see <see cref="TensorRtOptions"/>.</summary>
    TensorRT,

    /// <summary>ONNX Runtime with its CUDA provider. Operators that the provider does not have run on the CPU.</summary>
    OnnxRuntimeCuda,

    /// <summary>ONNX Runtime on the CPU.</summary>
    OnnxRuntimeCpu,
}
