using TrtBindings.Backends;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Opens a new engine before it is kept: which types its layers compute in, and whether it answers as the reference does.
/// </summary>
internal sealed class EngineTrial(EngineRecipe recipe, BuildLog log)
{
    private ParityPolicy Policy => recipe.Options.Parity.Policy;

    /// <summary>Whether engines of this recipe are compared.</summary>
    public bool Compares => Policy != ParityPolicy.Off && recipe.Request.Gate is not null;

    /// <summary>What came out of the last comparison.</summary>
    public ParityReport? Report { get; private set; }

    /// <summary>True if the last engine was refused.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>Looks at the layers, and compares.</summary>
    /// <param name="plan">The plan. It stays the caller's.</param>
    /// <param name="cancellationToken">Ends the comparison between two runs.</param>
    /// <exception cref="EngineBuildException">No layer computes in the type that was asked for.</exception>
    /// <exception cref="EngineParityException">It does not answer as the reference does, and the policy refuses it.</exception>
    /// <exception cref="EngineFileException">TensorRT does not open what it built.</exception>
    public EngineVerdict Run(EnginePlan plan, CancellationToken cancellationToken)
    {
        Begin();
        using var session = Open(plan, recipe.Signature);
        var layers = EngineLayers.Shares(session.Inspect());
        CheckTypes(layers);
        if (!Compares) return new(layers, null);
        var report = recipe.Request.Gate!.Compare(
            session, recipe.Request, recipe.Profiles, EnginePrecision.Of(recipe), cancellationToken);
        Report = report;
        if (!report.Passed) Stray(report);
        return new(layers, report);
    }

    /// <summary>Before a build: what fails until its engine is open says nothing about an engine.</summary>
    public void Begin() => (HasRefused, Report) = (false, null);

    /// <summary>Opens the reference to compare values between layers with.</summary>
    /// <exception cref="TrtBindingsException">It cannot be read, or ONNX Runtime does not run it.</exception>
    public IMarkedReference OpenReference(CancellationToken cancellationToken) =>
        recipe.Request.Gate!.OpenMarked(recipe.Request, recipe.Profiles, Report!, cancellationToken);

    /// <summary>Repeats a run, with values between layers.</summary>
    /// <param name="plan">A plan with these values as further outputs. It stays the caller's.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="size">The run, as its results name it.</param>
    /// <param name="values">The values.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <exception cref="TrtBindingsException">One of both does not run.</exception>
    public IReadOnlyList<OutputParity> Compare(
        EnginePlan plan, IMarkedReference reference, string size, IReadOnlyList<string> values,
        CancellationToken cancellationToken)
    {
        using var session = Open(plan, recipe.Signature.WithMarked(values));
        return reference.Compare(session, size, values, cancellationToken);
    }

    /// <summary>Whether a verdict that is kept beside an engine still says what these options ask.</summary>
    public bool Holds(EngineVerdict kept)
    {
        if (!Compares) return true;
        if (kept.Parity is not { } report) return false;
        var tolerance = recipe.Options.Parity.Tolerance ?? ParityTolerance.Of(EnginePrecision.Of(recipe));
        // Who compares numbers only takes a verdict that was about more.
        if (recipe.Options.Parity.Results?.NameOf(recipe.Request.Description) is { } read && report.Results != read) return false;
        return report.Tolerance == tolerance && (report.Passed || Policy == ParityPolicy.Warn);
    }

    private TensorRtSession Open(EnginePlan plan, ModelSignature signature)
    {
        var (host, request) = (recipe.Host, recipe.Request);
        var options = request.Options with
        {
            TensorRT = request.Options.TensorRT with { UseCudaGraphs = false, MaxConcurrentRuns = 1, Stream = 0 },
        };
        return TensorRtSession.Open(host, plan, $"the engine of {recipe.Source.Name}", signature, options,
            engine => EngineRefit.Refit(host, engine, recipe.Source, request.Description));
    }

    private void CheckTypes(IReadOnlyList<LayerShare> layers)
    {
        if (layers.Count == 0 || EnginePrecision.AskedOf(recipe) is not { } asked) return;
        if (layers.Any(layer => layer.Type == asked)) return;
        var has = string.Join(", ", layers.Select(layer => $"{layer.Layers} in {layer.Type.OnnxName()}"));
        var problem = $"it was asked for {asked.OnnxName()}, and none of the engine's layers computes in it ({has}). Ask for "
            + "Float32, or convert the model (ModelConversion of TrtBindings.Graphs) and build it as it is";
        if (Policy != ParityPolicy.Refuse) log.Note($"TensorRT built an engine of '{recipe.Source.Name}', but {problem}.");
        else
        {
            HasRefused = true;
            throw new EngineBuildException(recipe.Source.Name, recipe.Host.Library.Version.ToString(), $"{problem}.");
        }
    }

    private void Stray(ParityReport report)
    {
        var failure = report.Failure;
        var error = failure is null
            ? new EngineParityException(recipe.Source.Name, "", "", null, report.NotCompared!)
            : new EngineParityException(recipe.Source.Name, failure.Output, failure.Size, failure.BatchItem,
                failure.Part.Length > 0 ? $"{failure.Part}: {failure.Problem}" : failure.Problem!);
        if (Policy == ParityPolicy.Refuse)
        {
            HasRefused = true;
            throw error;
        }

        log.Note(failure is null
            ? $"The engine of '{recipe.Source.Name}' is used without a comparison: {report.NotCompared}"
            : $"The engine of '{recipe.Source.Name}' is used though it strays from the reference: {failure}");
    }
}
