using TrtBindings.Backends;

namespace TrtBindings;

/// <summary>Chooses the backend for a model and says why.</summary>
internal static class BackendSelector
{
    private static readonly IBackendProvider[] Providers =
        [new TensorRtProvider(), new OnnxRuntimeCudaProvider(), new OnnxRuntimeCpuProvider()];

    /// <summary>The model on the first backend that takes it, or on the required one.</summary>
    /// <exception cref="BackendUnavailableException">The required backend cannot run it.</exception>
    /// <exception cref="ModelLoadException">No backend runs it.</exception>
    /// <exception cref="NativeLibraryException">The last backend's library is missing or unusable.</exception>
    public static (IBackendEngine Engine, BackendInfo Info) Load(
        ModelSource source, ModelSignature signature, ModelOptions options) => Load(source, signature, options, Providers);

    /// <summary>The same over other backends, best first.</summary>
    internal static (IBackendEngine Engine, BackendInfo Info) Load(
        ModelSource source, ModelSignature signature, ModelOptions options, IReadOnlyList<IBackendProvider> providers)
    {
        var rejected = new List<string>();
        foreach (var provider in providers)
        {
            var name = BackendNames.Of(provider.Kind);
            if (options.Required is { } required && required != provider.Kind)
            {
                rejected.Add($"{name}: not tried, because ModelOptions.Required asks for {BackendNames.Of(required)}.");
                continue;
            }

            if (provider.TryLoad(source, signature, options, out var engine, out var reason))
            {
                var info = new BackendInfo(provider.Kind, engine.Version, engine.LibraryPath, rejected);
                if (options.Logger is { } log) SelectionLog.Taken(log, source.Name, info.ToString(), info.LibraryPath);
                return (engine, info);
            }

            if (options.Logger is { } logger) SelectionLog.Refused(logger, source.Name, name, reason);
            if (options.Required is not null) throw new BackendUnavailableException(source.Name, provider.Kind, reason);
            rejected.Add($"{name}: {reason}");
        }

        throw new ArgumentException(
            $"No backend for '{source.Name}' (ModelOptions.Required: {options.Required}). {string.Join(" ", rejected)}");
    }
}
