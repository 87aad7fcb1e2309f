using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Callbacks;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>Builds one engine from a model. Knows nothing of caches.</summary>
internal sealed class EngineBuilder(TensorRtHost host, ModelContent model, BuildSettings settings)
{
    private readonly BuildErrors _errors = new(host, model);

    /// <summary>
    /// Builds on this thread, for seconds or minutes. TensorRT takes the memory that it measures with by itself, not from the
    /// pool: it is needed once, and a pool would keep it.
    /// </summary>
    /// <param name="progress">Told of every step; its token ends the build.</param>
    /// <param name="timings">Times of earlier builds; <see langword="null"/> to measure everything.</param>
    /// <param name="note">Gets a line about what went wrong without harm.</param>
    /// <param name="cancellation">Ends the build at the next step.</param>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public TrtHostMemory Build(
        BuildProgressTree progress, TimingCacheFile? timings, Action<string> note, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (BuildOptions.Problem(settings, host.Library.Version, host.ComputeCapability) is { } problem)
            throw _errors.Because(problem);
        using var scope = host.Context.Enter();
        try
        {
            return Run(progress, timings, note, cancellation);
        }
        catch (TensorRtException e)
        {
            // TensorRT ends a cancelled build as it ends one that failed.
            if (cancellation.IsCancellationRequested) throw new OperationCanceledException(
                $"The build of an engine of '{model.Name}' was cancelled.", e, cancellation);
            throw _errors.Failed(e);
        }
    }

    private TrtHostMemory Run(
        BuildProgressTree progress, TimingCacheFile? timings, Action<string> note, CancellationToken cancellation)
    {
        progress.Begin("Reading the model");
        var (computeMajor, computeMinor) = host.ComputeCapability;
        host.Library.UseBuilderResource(host.Installation, computeMajor, computeMinor);
        using var builder = TrtBuilder.Create(host.Library);
        using var network = builder.CreateNetworkV2(NetworkFlags());
        using var parser = new NetworkReader(host, model, _errors).Read(network);
        cancellation.ThrowIfCancellationRequested();

        if (settings is { VersionCompatible: true, ExcludeLeanRuntime: false }) LeanRuntime.Load(host);
        using var config = builder.CreateBuilderConfig();
        BuildConfiguration.Apply(config, settings);
        var profiles = new ProfileWriter(builder, network, _errors);
        profiles.Add(config, settings.Profiles);
        if (settings.VersionCompatible && parser.GetUsedVCPluginLibraries() is { Length: > 0 } plugins)
            config.SetPluginsToSerialize(plugins);
        using var feed = settings.Calibration is { } data ? new CalibrationFeed(data, host.Context) : null;
        using var calibrator = feed is null ? null : new TrtInt8Calibrator(host.Library.Slots, feed);
        if (calibrator is not null)
        {
            config.SetInt8Calibrator(calibrator);
            if (settings.Profiles.Count > 0) profiles.SetCalibration(config, settings.Profiles[0]);
        }

        using var timing = timings is null ? null : TimingCacheUse.Attach(timings, config);
        using var monitor = new TrtProgressMonitor(host.Library.Slots, progress);
        config.SetProgressMonitor(monitor);
        var plan = builder.BuildSerializedNetwork(network, config);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (timing?.Keep(cancellation) is { } why) note(why);
            return plan;
        }
        catch
        {
            plan.Dispose();
            throw;
        }
    }

    private TrtNetworkDefinitionCreationFlag[] NetworkFlags()
    {
        var version = host.Library.Version;
        var flags = new List<TrtNetworkDefinitionCreationFlag>();
        // 10.x must be told that the batch is a dimension of the tensors. Later majors know no other networks.
        if (TrtReleases.Has(TrtNetworkDefinitionCreationFlag.ExplicitBatch, version))
            flags.Add(TrtNetworkDefinitionCreationFlag.ExplicitBatch);
        if (settings.StronglyTyped || !TrtReleases.Has(TrtFeature.WeakTyping, version))
            flags.Add(TrtNetworkDefinitionCreationFlag.StronglyTyped);
        return [.. flags];
    }
}
