namespace TrtBindings.Backends;

/// <summary>Names of the backends in messages.</summary>
internal static class BackendNames
{
    public static string Of(BackendKind kind) => kind switch
    {
        BackendKind.TensorRT => "TensorRT",
        BackendKind.OnnxRuntimeCuda => "ONNX Runtime (CUDA)",
        BackendKind.OnnxRuntimeCpu => "ONNX Runtime (CPU)",
        _ => kind.ToString(),
    };
}
