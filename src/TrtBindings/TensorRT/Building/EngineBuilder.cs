using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>Builds one engine. Knows nothing about the engines in the cache.</summary>
/// <param name="recipe">What to build from.</param>
/// <param name="shelf">Has the builder of an earlier build, or makes one.</param>
/// <param name="watch">Gets the time of each phase.</param>
internal sealed class EngineBuilder(EngineRecipe recipe, BuilderShelf shelf, BuildWatch watch)
{
    private readonly BuildErrors _errors = new(recipe);

    /// <summary>Nodes that the second try kept in 32 bits; none if the first one succeeded.</summary>
    public IReadOnlyList<string> KeptNodes { get; private set; } = [];

    /// <summary>What TensorRT had no kernel for, in its words; given to a further build, its first try keeps it too.</summary>
    public string? Kept { get; init; }

    /// <summary>What this build found no kernel for at first.</summary>
    public string? NoKernel { get; private set; }

    /// <summary>Values that become outputs of the engine.</summary>
    public IReadOnlyCollection<string> Marks { get; init; } = [];

    /// <summary>The values of the network that was built last.</summary>
    public NetworkValues Values { get; private set; } = NetworkValues.None;

    /// <summary>
    /// Builds on this thread, for seconds or minutes. TensorRT allocates the memory that it measures with by itself, not from
    /// the GPU's pool, because the pool would keep memory that is needed once.
    /// </summary>
    /// <param name="hash">The model's hash in the cache key. The content that is parsed must have it.</param>
    /// <param name="scratch">A folder that only this user can write to. Nothing is left in it.</param>
    /// <param name="progress">Gets every step.</param>
    /// <param name="timings">Kernel timings of earlier builds; <see langword="null"/> to time everything.</param>
    /// <param name="note">Gets a line about a problem that does no harm.</param>
    /// <param name="cancellationToken">Ends the build at TensorRT's next step.</param>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read, or has changed.</exception>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public TrtHostMemory Build(string hash, string scratch, BuildProgressTree progress, TimingCacheFile? timings,
        Action<string> note, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var host = recipe.Host;
        var problem = BuildSupport.Problem(recipe.Options, recipe.Precision, host.Library.Version, host.ComputeCapability)
            ?? (recipe.SuppressesBoxes ? BuildSupport.OverlapProblem(recipe.Precision) : null);
        if (problem is not null) throw _errors.Because(problem);
        using var scope = host.Context.Enter();
        try
        {
            try
            {
                return Try(hash, scratch, progress, timings, note, Kept, cancellationToken);
            }
            catch (TensorRtException e) when (MayKeep(e, cancellationToken))
            {
                var node = MissingKernel.NodeOf(e)!;
                NoKernel = node;
                note($"TensorRT has no kernel for the node {node} of '{recipe.Source.Name}' in {recipe.Precision}. It is kept in "
                    + "32 bits, and the engine is built once more.");
                return Try(hash, scratch, progress, timings, note, node, cancellationToken);
            }
        }
        catch (TensorRtException e)
        {
            // TensorRT reports a cancelled build like one that failed.
            if (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(
                    $"The build of an engine of '{recipe.Source.Name}' was cancelled.", e, cancellationToken);
            }

            throw _errors.Failed(e);
        }
    }

    /// <summary>Whether another try can help: the types of a strongly typed network are those of its model.</summary>
    private bool MayKeep(TensorRtException error, CancellationToken cancellationToken) =>
        Kept is null && !recipe.IsStronglyTyped && recipe.Precision != ModelPrecision.Float32
        && !cancellationToken.IsCancellationRequested && MissingKernel.NodeOf(error) is not null;

    private TrtHostMemory Try(string hash, string scratch, BuildProgressTree progress, TimingCacheFile? timings,
        Action<string> note, string? keep, CancellationToken cancellationToken)
    {
        progress.Begin("Starting the builder");
        var builder = watch.Time(BuildStep.Starting, () => shelf.Take(scratch));
        _errors.ResourceProblem = shelf.ResourceProblem;
        var isSound = true;
        try
        {
            return Run(builder, hash, progress, timings, note, keep, ref isSound, cancellationToken);
        }
        finally
        {
            // A build that failed may have left anything behind: a lost GPU, for example.
            if (isSound) shelf.Keep(builder);
            else builder.Dispose();
        }
    }

    private TrtHostMemory Run(TrtBuilder builder, string hash, BuildProgressTree progress, TimingCacheFile? timings,
        Action<string> note, string? keep, ref bool isSound, CancellationToken cancellationToken)
    {
        var host = recipe.Host;
        progress.Begin("Reading the model");
        using var network = builder.CreateNetworkV2(NetworkFlags());
        using var parser = watch.Time(BuildStep.Reading, () => new NetworkReader(recipe, _errors).Read(network, hash));
        cancellationToken.ThrowIfCancellationRequested();

        Values = NetworkValues.Read(network);
        Values.Mark(network, Marks);
        if (recipe.CarriesLeanRuntime) LeanRuntime.Load(host);
        using var config = builder.CreateBuilderConfig();
        BuildConfiguration.Apply(config, recipe);
        if (keep is not null)
        {
            KeptNodes = MissingKernel.Keep(network, config, keep);
            if (KeptNodes.Count == 0) note($"No layer of the network is called {keep}: nothing could be kept in 32 bits.");
        }

        new ProfileWriter(recipe, builder, network, _errors).Add(config);
        if (recipe.Options.VersionCompatible && parser.GetUsedVCPluginLibraries() is { Length: > 0 } plugins)
            config.SetPluginsToSerialize(plugins);
        using var feed = recipe.Options.Calibration is { } samples ? new CalibrationFeed(recipe, samples) : null;
        using var calibrator = feed is null ? null : new TrtInt8Calibrator(host.Library.Slots, feed);
        if (calibrator is not null) config.SetInt8Calibrator(calibrator);

        using var timing = timings is null ? null : TimingCacheUse.Attach(timings, config);
        using var monitor = new TrtProgressMonitor(host.Library.Slots, progress);
        config.SetProgressMonitor(monitor);
        isSound = false;
        var plan = watch.Time(BuildStep.Building, () => builder.BuildSerializedNetwork(network, config));
        isSound = true;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (timing?.Keep(cancellationToken) is { } why) note(why);
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
        var flags = new List<TrtNetworkDefinitionCreationFlag>();
        // 10.x must be told that the batch is a dimension of the tensors. Later majors know no other networks.
        if (TrtReleases.Has(TrtNetworkDefinitionCreationFlag.ExplicitBatch, recipe.Host.Library.Version))
            flags.Add(TrtNetworkDefinitionCreationFlag.ExplicitBatch);
        if (recipe.IsStronglyTyped) flags.Add(TrtNetworkDefinitionCreationFlag.StronglyTyped);
        return [.. flags];
    }
}
