using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Engines by what makes them: found in the cache, or built and kept there. One engine is built at a time, by whichever process
/// and thread comes first; the others wait and take it.
/// </summary>
/// <param name="logger">
/// Gets a line before a build starts, and TensorRT's own lines meanwhile. Without one the first goes to the standard error.
/// </param>
internal sealed class EngineStore(ILogger? logger = null)
{
    /// <summary>Kernels that are timed while another build uses the GPU are timed wrongly.</summary>
    private static readonly SemaphoreSlim OneBuild = new(1, 1);

    private readonly BuildLog _log = new(logger);

    /// <summary>The engine that was built before, its content checked. Never builds, and no bad file makes it fail.</summary>
    /// <param name="host">The TensorRT in use.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">How it would be built.</param>
    /// <param name="why">Without an engine, why: one line without the full stop. Empty otherwise.</param>
    /// <returns>The engine, to be disposed when TensorRT has read it; <see langword="null"/> if none fits.</returns>
    /// <exception cref="ModelFileException">A file of the model cannot be read.</exception>
    public CachedEngine? Find(TensorRtHost host, ModelContent model, BuildSettings settings, out string why)
    {
        try
        {
            var cache = EngineCache.Open(settings.CacheFolder, settings.CacheSizeLimit);
            var fitting = LeanRuntime.Fit(host, settings, out _);
            var key = EngineKeys.Of(host, model, fitting, new(cache.Folder), CancellationToken.None);
            return cache.TryGet(key, out var engine, out why) ? engine : null;
        }
        catch (EngineCacheException e)
        {
            why = e.Message.TrimEnd('.');
            return null;
        }
    }

    /// <summary>
    /// Builds the engine and keeps it in the cache, unless it is there already. A cache that cannot be written is an error,
    /// before anything is built where that can be known: an engine that is not kept would cost the same minutes at every start.
    /// <see cref="BuildTo"/> does without a cache.
    /// </summary>
    /// <param name="host">The TensorRT in use.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">How to build.</param>
    /// <param name="progress">
    /// Told of every step by one thread at a time, TensorRT's own among them; what it throws ends the build.
    /// </param>
    /// <param name="cancellation">Ends the build at TensorRT's next step; nothing is left behind.</param>
    /// <returns>Path of the engine's file in the cache.</returns>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="EngineCacheException">The cache cannot be written, or has no room.</exception>
    /// <exception cref="ModelFileException">A file of the model cannot be read, or changed meanwhile.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public string Build(TensorRtHost host, ModelContent model, BuildSettings settings, Action<BuildStep>? progress,
        CancellationToken cancellation)
    {
        settings = LeanRuntime.Fit(host, settings, out var problem);
        var cache = EngineCache.Open(settings.CacheFolder, settings.CacheSizeLimit);
        var hasher = new ContentHasher(cache.Folder);
        var key = EngineKeys.Of(host, model, settings, hasher, cancellation);
        var tree = new BuildProgressTree(progress, cancellation);
        if (PathOf(cache, key, out _) is { } there) return There(tree, there);
        using var held = cache.Lock(key, () => _log.Waits(model.Name), cancellation);
        // Somebody else may have built it while this one waited.
        if (PathOf(cache, key, out var why) is { } made) return There(tree, made);

        if (problem is not null) _log.Note(problem);
        var timings = settings.TimingCache ? TimingsOf(cache, host) : null;
        var watch = Stopwatch.StartNew();
        using var plan = Make(host, model, settings, tree, timings, why, cancellation);
        if (EngineKeys.Of(host, model, settings, hasher, cancellation).Id() != key.Id())
            throw new ModelFileException(model.Name, $"'{model.Name}' changed while an engine was built from it. Build again.");
        tree.Begin("Writing the engine");
        using var bytes = plan.OpenRead();
        var path = cache.Store(key, bytes, cancellation);
        _log.Ended(model.Name, path, watch.Elapsed.TotalSeconds);
        return There(tree, path);
    }

    /// <summary>
    /// Builds an engine into a file of the caller's, whatever the cache has; the file appears whole, or not at all.
    /// </summary>
    /// <param name="host">The TensorRT in use.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">How to build; no cache is used.</param>
    /// <param name="path">The file to write, over one that is there.</param>
    /// <param name="progress">As in <see cref="Build"/>.</param>
    /// <param name="cancellation">Ends the build at TensorRT's next step; nothing is left behind.</param>
    /// <exception cref="EngineFileException">The file cannot be written.</exception>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="ModelFileException">A file of the model cannot be read.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public void BuildTo(TensorRtHost host, ModelContent model, BuildSettings settings, string path, Action<BuildStep>? progress,
        CancellationToken cancellation)
    {
        settings = LeanRuntime.Fit(host, settings, out var problem);
        if (problem is not null) _log.Note(problem);
        var full = Path.GetFullPath(path);
        var tree = new BuildProgressTree(progress, cancellation);
        try
        {
            // Made before the build: a folder that cannot be written shall not cost minutes.
            using var file = AtomicFile.Create(Path.GetDirectoryName(full)!);
            var watch = Stopwatch.StartNew();
            using var plan = Make(host, model, settings, tree, null, $"The engine goes to '{full}'", cancellation);
            tree.Begin("Writing the engine");
            using (var bytes = plan.OpenRead()) bytes.CopyTo(file.Stream);
            cancellation.ThrowIfCancellationRequested();
            file.Commit(full);
            _log.Ended(model.Name, full, watch.Elapsed.TotalSeconds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineFileException(full, $"The engine cannot be written to '{full}': {e.Message}", e);
        }

        tree.Done();
    }

    private TrtHostMemory Make(TensorRtHost host, ModelContent model, BuildSettings settings, BuildProgressTree tree,
        TimingCacheFile? timings, string why, CancellationToken cancellation)
    {
        OneBuild.Wait(cancellation);
        try
        {
            _log.Starts(model.Name, host.Library.Version.ToString(), host.GpuName, why);
            using var lines = logger is null ? null : host.AddLogger(logger);
            return new EngineBuilder(host, model, settings).Build(tree, timings, _log.Note, cancellation);
        }
        finally
        {
            OneBuild.Release();
        }
    }

    private static string There(BuildProgressTree tree, string path)
    {
        tree.Done();
        return path;
    }

    private static string? PathOf(EngineCache cache, EngineCacheKey key, out string why)
    {
        if (!cache.TryGet(key, out var engine, out why)) return null;
        using (engine) return engine.Path;
    }

    private static TimingCacheFile TimingsOf(EngineCache cache, TensorRtHost host) => TimingCacheFile.Of(
        cache, host.GpuName, new(host.ComputeCapability.Major, host.ComputeCapability.Minor), host.Library.Version.ToString(),
        host.Context.Device.Library.DriverVersion / 1000);
}
