using System.Diagnostics;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>The engine of one model with given options: found in the cache, or built.</summary>
internal sealed class TensorRtBuild
{
    private readonly TensorRtHost _host;
    private readonly ModelOptions _options;
    private readonly EngineStore _store;
    private readonly ModelContent _model;
    private readonly BuildSettings _settings;

    /// <exception cref="TensorException">A dynamic dimension without sizes.</exception>
    public TensorRtBuild(
        TensorRtHost host, ModelSource source, ModelSignature signature, ModelDescription file, ModelDeclaration declaration,
        ModelOptions options)
    {
        _host = host;
        _options = options;
        _store = new(options.Logger);
        _model = TensorRtSettings.Model(source, file);
        _settings = TensorRtSettings.Build(signature, file, declaration, options.TensorRT, host.HasWeakTyping);
    }

    /// <summary>The engine in the cache.</summary>
    /// <param name="why">Without one, why: one line without the full stop.</param>
    public CachedEngine? Find(out string why) => _store.Find(_host, _model, _settings, out why);

    /// <summary>Builds the engine and reads it back from the cache.</summary>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <param name="why">Without one, why: one line without the full stop.</param>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="EngineCacheException">The cache cannot be written, or has no room.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    public CachedEngine? BuildAndFind(CancellationToken cancellationToken, out string why)
    {
        Build(null, cancellationToken);
        return Find(out why);
    }

    /// <summary>The engine's file, built now unless the cache has it.</summary>
    /// <param name="progress">Is told how far it is; without one, that of the options.</param>
    /// <param name="cancellationToken">Ends the build; nothing is left behind.</param>
    public BuiltEngine FindOrBuild(IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        string? path;
        using (var found = Find(out _)) path = found?.Path;
        var isBuilt = path is null;
        path ??= Build(progress, cancellationToken);
        return new(path, new FileInfo(path).Length, isBuilt, watch.Elapsed, _host.Library.Version.ToString(), _host.GpuName);
    }

    private string Build(IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        progress ??= _options.TensorRT.Progress;
        return _store.Build(_host, _model, _settings,
            progress is null ? null : step => progress.Report(new(step.Phase, step.Step, step.Steps, step.Percent)),
            cancellationToken);
    }
}
