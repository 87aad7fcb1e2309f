using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT;

/// <summary>
/// The TensorRT backend. Runs the engine file that the options name, or the engine that the cache has, or one that it builds.
/// </summary>
internal sealed class TensorRtProvider : IBackendProvider
{
    /// <inheritdoc/>
    public BackendKind Kind => BackendKind.TensorRT;

    /// <inheritdoc/>
    public bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRejection? rejection)
    {
        (session, rejection) = (null, null);
        if (request.Options.RequiredBackend is null && request.Declaration.Backend == RequestedBackend.OnnxRuntime)
        {
            rejection = new(Kind, "the item declares TrtBackend=\"OnnxRuntime\". ModelOptions.RequiredBackend goes before it.");
            return false;
        }

        try
        {
            session = request.Options.TensorRT.EngineFile is { } file
                ? OpenFile(request, file)
                : OpenCached(request, out rejection, cancellationToken);
        }
        catch (TrtBindingsException e)
        {
            rejection = new(Kind, e.Message) { Cause = e };
        }

        return session is not null;
    }

    /// <summary>Opens an engine file.</summary>
    /// <exception cref="EngineFileException">It is missing, damaged, not an engine, or TensorRT does not open it.</exception>
    /// <exception cref="SignatureMismatchException">It is the engine of another model.</exception>
    /// <exception cref="NativeLibraryException">TensorRT or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="TensorRtException">TensorRT does not start.</exception>
    public static TensorRtSession OpenFile(LoadRequest request, string path)
    {
        var host = TensorRtHost.Open(request.Options);
        using var file = EnginePlanFile.Open(path);
        using var plan = file.ReadPlan();
        return Open(request, host, plan, file.Path);
    }

    /// <summary>
    /// Finds the model's engine in the cache, or builds it, also if the cache remembers that it was refused: whoever calls this
    /// asks for a build.
    /// </summary>
    /// <param name="request">The model and the options.</param>
    /// <param name="progress">Gets every step of a build.</param>
    /// <param name="cancellationToken">Ends the build at TensorRT's next step; nothing is left behind.</param>
    /// <exception cref="ModelOptionException">The options name a ready engine, or a dynamic dimension has no sizes.</exception>
    /// <exception cref="NativeLibraryException">TensorRT, its parser or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="EngineParityException">The engine does not answer as the reference does.</exception>
    /// <exception cref="EngineCacheException">The cache cannot be written, or has no room.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BuiltEngine BuildEngine(
        LoadRequest request, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var options = request.Options.TensorRT;
        if (options.EngineFile is { } file)
        {
            throw new ModelOptionException("TensorRtOptions.EngineFile", $"TensorRtOptions.EngineFile names a ready engine, "
                + $"'{file}': there is nothing to build. Leave it out, or load that engine.");
        }

        // Before TensorRT is looked for: what is wrong with the options is wrong on every machine.
        _ = ProfileResolver.Complete(request.Signature, request.Declaration);
        var watch = Stopwatch.StartNew();
        var recipe = new EngineRecipe(TensorRtHost.Open(request.Options), request);
        var store = new EngineStore(new(request.Options.Logger));
        using var engine = store.GetOrBuild(recipe, progress ?? options.Progress, cancellationToken);
        return new(engine.Path, engine.Plan.Length, engine.Times is not null, watch.Elapsed,
            recipe.Host.Library.Version.ToString(), recipe.Host.GpuName)
        {
            Times = engine.Times, Layers = engine.Verdict.Layers, Parity = engine.Verdict.Parity,
            KeptNodes = engine.Verdict.KeptNodes,
        };
    }

    private TensorRtSession? OpenCached(
        LoadRequest request, out BackendRejection? rejection, CancellationToken cancellationToken)
    {
        rejection = null;
        var (options, mayBuild) = (request.Options.TensorRT, request.Options.TensorRT.BuildPolicy == BuildPolicy.WhenMissing);
        if (!mayBuild && EngineCache.IsEmpty(options.CacheFolder))
        {
            TensorRtHost.Find(request.Options);
            rejection = NotBuilt("The cache has no engine");
            return null;
        }

        var recipe = new EngineRecipe(TensorRtHost.Open(request.Options), request);
        // RS0030: the one thing that the library says without a logger, because a build that nobody asked for takes minutes.
#pragma warning disable RS0030
        var log = new BuildLog(request.Options.Logger, options.AnnounceBuilds ? Console.Error : null);
#pragma warning restore RS0030
        var why = "";
        using var engine = mayBuild
            ? new EngineStore(log) { KeepsToRefusals = !options.Parity.RetryRefused }
                .GetOrBuild(recipe, options.Progress, cancellationToken)
            : EngineStore.Find(recipe, out why, cancellationToken);
        if (engine is not null)
        {
            var session = Open(request, recipe.Host, engine.Plan, engine.Path);
            session.Parity = engine.Verdict.Parity;
            return session;
        }

        rejection = NotBuilt(why);
        return null;
    }

    private BackendRejection NotBuilt(string why) => new(Kind, $"no engine that fits is built yet: {why}. Call BuildEngine of "
        + "the model's class once, with the same options, or set TensorRtOptions.BuildPolicy = BuildPolicy.WhenMissing.");

    private static TensorRtSession Open(LoadRequest request, TensorRtHost host, EnginePlan plan, string name) =>
        TensorRtSession.Open(host, plan, name, request.Signature, request.Options,
            // Without the .onnx there is no model to take weights from.
            request.Source.IsEngine ? null : engine => EngineRefit.Refit(host, engine, request.Source, request.Description));
}
