using Microsoft.Extensions.Logging;

namespace TrtBindings.TensorRT.Running;

/// <summary>Log lines about TensorRT on a GPU.</summary>
internal static partial class HostLog
{
    [LoggerMessage(20, LogLevel.Error, "TensorRT: {Line}")]
    public static partial void SaidError(ILogger logger, string line);

    [LoggerMessage(21, LogLevel.Warning, "TensorRT: {Line}")]
    public static partial void SaidWarning(ILogger logger, string line);

    [LoggerMessage(22, LogLevel.Debug, "TensorRT: {Line}")]
    public static partial void SaidMore(ILogger logger, string line);

    [LoggerMessage(23, LogLevel.Information,
        "TensorRT {Version} at '{Path}' is newer than any version that this release of TrtBindings was tested with.")]
    public static partial void Newer(ILogger logger, string version, string path);

    [LoggerMessage(24, LogLevel.Warning, "TensorRT's plug-ins cannot be used by engines that need them: {Problem}")]
    public static partial void PluginProblem(ILogger logger, string problem);

    [LoggerMessage(25, LogLevel.Warning, "'{Engine}' runs without CUDA graphs from now on: {Reason}")]
    public static partial void GraphsDropped(ILogger logger, string engine, string reason);

    [LoggerMessage(28, LogLevel.Information, "A CUDA graph of '{Engine}' is dropped and recorded again later: {Reason}")]
    public static partial void GraphBroken(ILogger logger, string engine, string reason);

    [LoggerMessage(29, LogLevel.Warning, "Runs of '{Engine}' with these shapes go on without a CUDA graph: {Reason}")]
    public static partial void GraphRefused(ILogger logger, string engine, string reason);

    [LoggerMessage(30, LogLevel.Information,
        "Runs of '{Engine}' with these shapes go on without a CUDA graph: with it they take {Replay} ms, without {Plain} ms.")]
    public static partial void GraphTooSlow(ILogger logger, string engine, float replay, float plain);

    [LoggerMessage(31, LogLevel.Debug, "A CUDA graph of '{Engine}' is used: it takes {Replay} ms, a plain run {Plain} ms.")]
    public static partial void GraphChosen(ILogger logger, string engine, float replay, float plain);

    [LoggerMessage(26, LogLevel.Warning,
        "Host memory for '{Tensor}' could not be pinned, so its copies do not overlap with the GPU's work: {Reason}")]
    public static partial void NotPinned(ILogger logger, string tensor, string reason);

    [LoggerMessage(27, LogLevel.Information, "'{Engine}' was loaded on {Gpu}: {Tensors}.")]
    public static partial void Loaded(ILogger logger, string engine, string gpu, string tensors);
}
