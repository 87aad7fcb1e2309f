namespace TrtBindings;

/// <summary>The backend that runs a model, and why no faster one does.</summary>
/// <param name="Kind">The backend.</param>
/// <param name="Version">The version that the native library reports.</param>
/// <param name="LibraryPath">The library that was loaded.</param>
/// <param name="Rejected">One line for each backend that comes before it: its name, and why it was not taken.</param>
public sealed record BackendInfo(
    BackendKind Kind, string Version, string LibraryPath, IReadOnlyList<string> Rejected)
{
    /// <summary>For example <c>ONNX Runtime 1.30.0 (CPU)</c>.</summary>
    public override string ToString() => Kind switch
    {
        BackendKind.TensorRT => $"TensorRT {Version}",
        BackendKind.OnnxRuntimeCuda => $"ONNX Runtime {Version} (CUDA)",
        _ => $"ONNX Runtime {Version} (CPU)",
    };
}
