namespace TrtBindings;

/// <summary>The backend that runs a model, and why no faster one does.</summary>
/// <param name="Kind">The backend.</param>
/// <param name="Version">Version that the native library reports.</param>
/// <param name="LibraryPath">The library that was loaded.</param>
/// <param name="Rejected">The backends that come before it in order of preference, each with its reason.</param>
public sealed record BackendInfo(
    BackendKind Kind, string Version, string LibraryPath, IReadOnlyList<BackendRejection> Rejected)
{
    /// <summary>For example <c>ONNX Runtime 1.30.0 (CPU)</c>.</summary>
    public override string ToString() => Kind switch
    {
        BackendKind.TensorRT => $"TensorRT {Version}",
        BackendKind.OnnxRuntimeCuda => $"ONNX Runtime {Version} (CUDA)",
        _ => $"ONNX Runtime {Version} (CPU)",
    };
}
