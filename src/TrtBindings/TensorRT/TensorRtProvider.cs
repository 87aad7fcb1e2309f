using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT;

/// <summary>TensorRT: with the engine that the options name, or the one that the cache has, or one that is built now.</summary>
internal sealed class TensorRtProvider : IBackendProvider
{
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
                : OpenCached(request, cancellationToken, out rejection);
        }
        catch (TrtBindingsException e)
        {
            rejection = new(Kind, e.Message) { Cause = e };
        }

        return session is not null;
    }

    /// <summary>A ready engine.</summary>
    /// <exception cref="EngineFileException">It is missing, damaged, not an engine, or TensorRT does not open it.</exception>
    /// <exception cref="SignatureMismatchException">It is of another model.</exception>
    /// <exception cref="NativeLibraryException">TensorRT or the driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="TensorRtException">TensorRT does not start.</exception>
    public static TensorRtSession OpenFile(LoadRequest request, string path)
    {
        var host = TensorRtHost.Open(TensorRtSettings.Host(request.Options));
        using var file = EngineFile.Open(path);
        using var plan = file.ReadPlan();
        return Open(request, host, plan, file.Path);
    }

    private static TensorRtSession? OpenCached(
        LoadRequest request, CancellationToken cancellationToken, out BackendRejection? rejection)
    {
        rejection = null;
        var options = request.Options;
        var settings = TensorRtSettings.Host(options);
        if (options.TensorRT.BuildPolicy == BuildPolicy.Never && EngineCache.IsEmpty(options.TensorRT.CacheFolder))
        {
            TensorRtHost.Find(settings);
            rejection = NotBuilt(request, "The cache has no engine");
            return null;
        }

        var host = TensorRtHost.Open(settings);
        var build = new TensorRtBuild(host, request.Source, request.Signature, request.Description, request.Declaration, options);
        using var cached = build.Find(out var why)
            ?? (options.TensorRT.BuildPolicy == BuildPolicy.WhenMissing ? build.BuildAndFind(cancellationToken, out why) : null);
        if (cached is not null) return Open(request, host, cached.Plan, cached.Path);
        rejection = NotBuilt(request, why);
        return null;
    }

    /// <summary>There is no engine, though there is a TensorRT that could run it.</summary>
    private static BackendRejection NotBuilt(LoadRequest request, string why)
    {
        var rejection = new BackendRejection(BackendKind.TensorRT, $"no engine that fits is built yet: {why}. Call BuildEngine of the model's class once, "
            + "with the same options, or set TensorRtOptions.BuildPolicy = BuildPolicy.WhenMissing.");
        // Where the reason is not in a log and not in an exception, the second best backend would go unnoticed.
        if (request.Options is { Logger: null, RequiredBackend: null })
            Console.Error.WriteLine($"TrtBindings: '{request.Source.Name}' does not run on TensorRT: {rejection.Reason}");
        return rejection;
    }

    private static TensorRtSession Open(LoadRequest request, TensorRtHost host, EnginePlan plan, string name) =>
        TensorRtSession.Open(host, plan, name, [.. request.Signature.Inputs], [.. request.Signature.Outputs],
            TensorRtSettings.Engine(request.Options),
            // Without the .onnx there is nothing to take missing weights from.
            request.Source.IsEngine
                ? null
                : EngineRefit.From(host, () => TensorRtSettings.Model(request.Source, request.Description)));
}
