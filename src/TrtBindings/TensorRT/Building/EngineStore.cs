using System.Diagnostics;
using TrtBindings.Backends;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Finds engines in the cache, or builds them and keeps them there. One engine is built at a time, by whichever thread and
/// process comes first; the others wait for it and take the result.
/// </summary>
internal sealed class EngineStore(BuildLog log)
{
    /// <summary>Two builds at once would time each other's kernels.</summary>
    private static readonly SemaphoreSlim OneBuild = new(1, 1);

    /// <summary>An engine that the cache remembers as refused is not built again: its error is thrown at once.</summary>
    public bool KeepsToRefusals { get; init; }

    /// <summary>Finds the engine in the cache and reads it. Never builds.</summary>
    /// <param name="recipe">What it would be built from.</param>
    /// <param name="why">Without an engine, the reason: one line without the full stop. Empty otherwise.</param>
    /// <param name="cancellationToken">Ends the hashing of the model.</param>
    /// <returns>The engine, to be disposed when TensorRT has read it; <see langword="null"/> if none fits.</returns>
    /// <exception cref="ModelFileException">A file of the model cannot be read.</exception>
    public static CachedEngine? Find(EngineRecipe recipe, out string why, CancellationToken cancellationToken)
    {
        try
        {
            var cache = CacheOf(recipe);
            var key = EngineKeys.Of(recipe, new(cache.Folder), cancellationToken);
            if (!cache.TryGet(key, out var engine, out why))
            {
                if (new RefusedBuilds(recipe, cache.Folder, new(null)).Find(key, cancellationToken) is { } known)
                    why = $"one was built and refused, which the cache remembers: {known.Said.TrimEnd('.')}";
                return null;
            }

            if (recipe.Options.Parity.Policy != ParityPolicy.Refuse || engine.Verdict.Parity?.Failure is not { } failure)
                return engine;
            engine.Dispose();
            why = $"the one in the cache strays from the reference, which ParityPolicy.Refuse does not allow: {failure}";
            return null;
        }
        catch (EngineCacheException e)
        {
            why = e.Message.TrimEnd('.');
            return null;
        }
    }

    /// <summary>
    /// Finds the engine in the cache and reads it, or builds it and keeps it there. The key is computed once; a new engine is
    /// handed on from memory and not read back. A cache that cannot be written is an error before the build where that can be
    /// known, because an engine that is not kept would cost the same minutes at every start.
    /// </summary>
    /// <param name="recipe">What to build from.</param>
    /// <param name="progress">Gets every step, from one thread at a time; what it throws ends the build.</param>
    /// <param name="cancellationToken">Ends the build at TensorRT's next step; nothing is left behind.</param>
    /// <returns>The engine, to be disposed when TensorRT has read it.</returns>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="EngineParityException">
    /// The engine does not answer as the reference does, now or in a verdict that the cache remembers.
    /// </exception>
    /// <exception cref="EngineCacheException">The cache cannot be written, or has no room.</exception>
    /// <exception cref="ModelFileException">A file of the model cannot be read, or changed during the build.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public CachedEngine GetOrBuild(
        EngineRecipe recipe, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var cache = CacheOf(recipe);
        var hasher = new ContentHasher(cache.Folder);
        var key = EngineKeys.Of(recipe, hasher, cancellationToken);
        var steps = new BuildProgressTree(progress, cancellationToken);
        var trial = new EngineTrial(recipe, log);
        var refused = new RefusedBuilds(recipe, cache.Folder, log);
        if (!cache.TryGet(key, out var engine, out _) || !trial.Holds(engine.Verdict))
        {
            // An engine that nobody has compared yet may be a right one.
            if (engine is null && KeepsToRefusals) refused.ThrowIfKnown(key, cancellationToken);
            engine?.Dispose();
            var watch = new BuildWatch();
            using var held = watch.Time(
                BuildStep.Waiting, () => cache.Lock(key, () => log.Wait(recipe.Source.Name), cancellationToken));
            // Another thread or process may have built it before this one got the lock.
            if (!cache.TryGet(key, out engine, out var why)
                || !Compared(trial, cache, key, ref engine, ref why, cancellationToken))
            {
                // Another process may have built and refused it meanwhile.
                if (KeepsToRefusals) refused.ThrowIfKnown(key, cancellationToken);
                try
                {
                    engine = Build(recipe, trial, cache, key, hasher, steps, why, watch, cancellationToken);
                }
                catch (TrtBindingsException e) when (trial.HasRefused && e is EngineParityException or EngineBuildException)
                {
                    refused.Remember(key, e, CancellationToken.None);
                    throw;
                }
            }

            refused.Forget(key, engine.Verdict);
        }

        steps.Done();
        return engine;
    }

    /// <summary>
    /// Compares an engine that is in the cache, if nobody has or with another tolerance. One that strays is removed.
    /// </summary>
    private static bool Compared(EngineTrial trial, EngineCache cache, EngineCacheKey key, ref CachedEngine engine,
        ref string why, CancellationToken cancellationToken)
    {
        if (trial.Holds(engine.Verdict)) return true;
        try
        {
            var verdict = trial.Run(engine.Plan, cancellationToken) with { KeptNodes = engine.Verdict.KeptNodes };
            cache.Update(key, engine, verdict);
            engine = engine.With(verdict);
            return true;
        }
        catch (EngineParityException e)
        {
            cache.Remove(key, engine);
            engine.Dispose();
            why = OneLine.Of(e.Message).TrimEnd('.');
            return false;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private CachedEngine Build(EngineRecipe recipe, EngineTrial trial, EngineCache cache, EngineCacheKey key,
        ContentHasher hasher, BuildProgressTree steps, string why, BuildWatch watch, CancellationToken cancellationToken)
    {
        trial.Begin();
        var (host, model) = (recipe.Host, recipe.Source.Name);
        if (recipe.Options.VersionCompatible && !recipe.CarriesLeanRuntime) log.Note(LeanRuntime.Missing(host));
        var timings = recipe.Options.UseTimingCache ? TimingsOf(cache, recipe) : null;
        watch.Time(BuildStep.Waiting, () => OneBuild.Wait(cancellationToken));
        var all = Stopwatch.StartNew();
        TrtHostMemory? plan = null;
        try
        {
            log.Begin(model, host.Library.Version.ToString(), host.GpuName, why);
            using var lines = log.Logger is { } logger ? host.AddLogger(logger) : null;
            var builder = new EngineBuilder(recipe, BuilderShelf.Of(host), watch);
            plan = builder.Build(key.Model, cache.Folder, steps, timings, log.Note, cancellationToken);
            // A model without external files was parsed from the bytes whose hash is in the key.
            if (recipe.ExternalFiles.Count > 0) hasher.ThrowIfChanged(model);
            steps.Begin(trial.Compares ? "Comparing with the processor" : "Looking at the engine");
            using var look = EnginePlan.Over(new NobodysPlan(), plan.Data, plan.Size);
            var verdict = watch.Time(BuildStep.Comparing, () => Judge(look)) with { KeptNodes = builder.KeptNodes };
            steps.Begin("Writing the engine");
            using var bytes = plan.OpenRead();
            var path = watch.Time(BuildStep.Storing, () => cache.Store(key, bytes, verdict, cancellationToken));
            log.End(model, path, all.Elapsed.TotalSeconds);
            return new(path, EnginePlan.Over(plan, plan.Data, plan.Size), watch.Times) { Verdict = verdict };

            EngineVerdict Judge(EnginePlan made)
            {
                try
                {
                    return trial.Run(made, cancellationToken);
                }
                catch (EngineParityException refused) when (refused.Output.Length > 0)
                {
                    var search = new LayerSearch(recipe, trial, builder.Values, log, steps, marks =>
                        new EngineBuilder(recipe, BuilderShelf.Of(host), watch) { Kept = builder.NoKernel, Marks = marks }
                            .Build(key.Model, cache.Folder, steps, timings, log.Note, cancellationToken));
                    throw search.Explain(refused, cancellationToken);
                }
            }
        }
        catch
        {
            plan?.Dispose();
            log.EndWithout(model, all.Elapsed.TotalSeconds);
            throw;
        }
        finally
        {
            OneBuild.Release();
        }
    }

    private static EngineCache CacheOf(EngineRecipe recipe) =>
        EngineCache.Open(recipe.Options.CacheFolder, recipe.Options.CacheSizeLimit);

    private static TimingCacheFile TimingsOf(EngineCache cache, EngineRecipe recipe)
    {
        var host = recipe.Host;
        var (major, minor) = host.ComputeCapability;
        return TimingCacheFile.Of(cache, host.GpuName, new(major, minor), host.Library.Version.ToString(),
            host.Context.Device.Library.DriverVersion / 1000);
    }

    /// <summary>The plan stays TensorRT's until it is stored.</summary>
    private sealed class NobodysPlan : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
