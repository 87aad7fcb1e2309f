namespace TrtBindings;

/// <summary>What runs a model.</summary>
public enum BackendKind
{
    /// <summary>ONNX Runtime on the processor.</summary>
    OnnxRuntimeCpu,
}
