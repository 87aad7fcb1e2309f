using System.Diagnostics;
using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.TensorRT;

namespace TrtBindings.Runtime;

/// <summary>Selects the backend for a model and records why the others were refused.</summary>
internal static class BackendSelector
{
    private static readonly IBackendProvider[] Providers =
        [new TensorRtProvider(), new OnnxRuntimeCudaProvider(), new OnnxRuntimeCpuProvider()];

    /// <summary>
    /// Loads the model on the first backend that accepts it, or on the required one. A ready engine runs on TensorRT only, and
    /// TensorRT's errors are thrown as they are.
    /// </summary>
    /// <exception cref="BackendUnavailableException">The required backend cannot run it.</exception>
    /// <exception cref="ModelLoadException">No backend runs it.</exception>
    /// <exception cref="ModelOptionException">Options that cannot be combined.</exception>
    /// <exception cref="NativeLibraryException">The last backend's library is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static (IBackendSession Session, BackendInfo Info) Load(
        LoadRequest request, CancellationToken cancellationToken = default)
    {
        var (source, options) = (request.Source, request.Options);
        if (options.ConfigureSession is not null && (source.IsEngine || options.RequiredBackend is BackendKind.TensorRT))
        {
            throw new ModelOptionException("ModelOptions.ConfigureSession", $"'{source.Name}' is to run on TensorRT, which "
                + "ModelOptions.ConfigureSession does not reach. Leave one of the two out.");
        }

        return source.IsEngine ? LoadEngine(request) : Load(request, Providers, cancellationToken);
    }

    /// <summary>Loads the model on the first of these backends that accepts it.</summary>
    internal static (IBackendSession Session, BackendInfo Info) Load(
        LoadRequest request, IReadOnlyList<IBackendProvider> providers, CancellationToken cancellationToken = default)
    {
        var (source, options) = (request.Source, request.Options);
        var rejected = new List<BackendRejection>();
        foreach (var provider in providers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = BackendNames.Of(provider.Kind);
            if (options.RequiredBackend is { } required && required != provider.Kind)
            {
                rejected.Add(new(
                    provider.Kind, $"not tried, because ModelOptions.RequiredBackend asks for {BackendNames.Of(required)}."));
                continue;
            }

            if (provider.TryLoad(request, cancellationToken, out var session, out var rejection))
                return (session, Taken(request, provider.Kind, session, rejected));
            if (options.Logger is { } logger) SelectionLog.Refused(logger, source.Name, name, rejection.Reason);
            if (options.RequiredBackend is not null)
                throw new BackendUnavailableException(source.Name, provider.Kind, rejection.Reason, rejection.Cause);
            rejected.Add(rejection);
        }

        throw new UnreachableException($"No backend for '{source.Name}'. {string.Join(" ", rejected)}");
    }

    private static (IBackendSession Session, BackendInfo Info) LoadEngine(LoadRequest request)
    {
        if (request.Options.RequiredBackend is { } required and not BackendKind.TensorRT)
        {
            throw new ModelOptionException("ModelOptions.RequiredBackend", $"'{request.Source.Name}' is an engine of TensorRT, "
                + $"and ModelOptions.RequiredBackend asks for {BackendNames.Of(required)}. Load the .onnx for that.");
        }

        var session = TensorRtProvider.OpenFile(request, request.Source.Path!);
        return (session, Taken(request, BackendKind.TensorRT, session, []));
    }

    private static BackendInfo Taken(
        LoadRequest request, BackendKind kind, IBackendSession session, List<BackendRejection> rejected)
    {
        var info = new BackendInfo(kind, session.Version, session.LibraryPath, rejected)
        {
            Providers = session.Providers, Parity = session.Parity,
        };
        if (request.Options.Logger is { } log) SelectionLog.Taken(log, request.Source.Name, info.ToString(), info.LibraryPath);
        return info;
    }
}
