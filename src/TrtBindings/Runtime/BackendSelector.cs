using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.TensorRT;

namespace TrtBindings.Runtime;

/// <summary>Chooses the backend for a model and says why.</summary>
internal static class BackendSelector
{
    private static readonly IBackendProvider[] Providers =
        [new TensorRtProvider(), new OnnxRuntimeCudaProvider(), new OnnxRuntimeCpuProvider()];

    /// <summary>
    /// The model on the first backend that takes it, or on the required one. A ready engine runs on TensorRT or not at all, and
    /// the error is then the one that TensorRT's side has.
    /// </summary>
    /// <exception cref="BackendUnavailableException">The required backend cannot run it.</exception>
    /// <exception cref="ModelLoadException">No backend runs it.</exception>
    /// <exception cref="NativeLibraryException">The last backend's library is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (IBackendSession Session, BackendInfo Info) Load(
        LoadRequest request, CancellationToken cancellationToken = default) =>
        request.Source.IsEngine ? LoadEngine(request) : Load(request, Providers, cancellationToken);

    /// <summary>The same over other backends, best first.</summary>
    internal static (IBackendSession Session, BackendInfo Info) Load(
        LoadRequest request, IReadOnlyList<IBackendProvider> providers, CancellationToken cancellationToken = default)
    {
        var (source, options) = (request.Source, request.Options);
        var rejected = new List<string>();
        foreach (var provider in providers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = BackendNames.Of(provider.Kind);
            if (options.Required is { } required && required != provider.Kind)
            {
                rejected.Add($"{name}: not tried, because ModelOptions.Required asks for {BackendNames.Of(required)}.");
                continue;
            }

            if (provider.TryLoad(request, cancellationToken, out var session, out var refusal))
                return (session, Taken(request, provider.Kind, session, rejected));
            if (options.Logger is { } logger) SelectionLog.Refused(logger, source.Name, name, refusal.Reason);
            if (options.Required is not null)
                throw new BackendUnavailableException(source.Name, provider.Kind, refusal.Reason, refusal.Cause);
            rejected.Add($"{name}: {refusal.Reason}");
        }

        throw new ArgumentException(
            $"No backend for '{source.Name}' (ModelOptions.Required: {options.Required}). {string.Join(" ", rejected)}");
    }

    private static (IBackendSession Session, BackendInfo Info) LoadEngine(LoadRequest request)
    {
        if (request.Options.Required is { } required and not BackendKind.TensorRT)
        {
            throw new ArgumentException($"'{request.Source.Name}' is an engine of TensorRT, and ModelOptions.Required asks for "
                + $"{BackendNames.Of(required)}. Load the .onnx for that.");
        }

        var session = TensorRtProvider.OpenFile(request, request.Source.Path!);
        return (session, Taken(request, BackendKind.TensorRT, session, []));
    }

    private static BackendInfo Taken(LoadRequest request, BackendKind kind, IBackendSession session, List<string> rejected)
    {
        var info = new BackendInfo(kind, session.Version, session.LibraryPath, rejected);
        if (request.Options.Logger is { } log) SelectionLog.Taken(log, request.Source.Name, info.ToString(), info.LibraryPath);
        return info;
    }
}
