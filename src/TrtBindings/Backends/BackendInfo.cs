namespace TrtBindings;

/// <summary>The backend that runs a model, and why no faster one does.</summary>
/// <param name="Kind">The backend.</param>
/// <param name="Version">Version that the native library reports.</param>
/// <param name="LibraryPath">The library that was loaded.</param>
/// <param name="Rejected">The backends that come before it in order of preference, each with its reason.</param>
public sealed record BackendInfo(
    BackendKind Kind, string Version, string LibraryPath, IReadOnlyList<BackendRejection> Rejected)
{
    /// <summary>
    /// ONNX Runtime's execution providers that run parts of the model, by ONNX Runtime's names (<c>CUDAExecutionProvider</c>),
    /// those with the most nodes first. Empty on TensorRT.
    /// </summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>
    /// How the engine answered beside ONNX Runtime on the processor when it was built; <see langword="null"/> if it was not
    /// compared, as of a ready engine file, and on other backends.
    /// </summary>
    public ParityReport? Parity { get; init; }

    /// <summary>For example <c>ONNX Runtime 1.31.1 (CPU)</c>; with a provider of the application <c>(OpenVINO)</c>.</summary>
    public override string ToString() => Kind switch
    {
        BackendKind.TensorRT => $"TensorRT {Version}",
        BackendKind.OnnxRuntimeCuda => $"ONNX Runtime {Version} (CUDA)",
        _ => $"ONNX Runtime {Version} ({(Providers is [var first, ..] ? first.Replace("ExecutionProvider", "") : "CPU")})",
    };
}
