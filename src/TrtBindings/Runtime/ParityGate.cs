using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.Parity;

namespace TrtBindings.Runtime;

/// <summary>
/// Compares new engines with ONNX Runtime on the processor. The runtime has it, because it alone knows both backends.
/// </summary>
internal sealed class ParityGate : IParityGate
{
    /// <summary>
    /// Nodes that quantize stay as they are: without VNNI, ONNX Runtime's own 8-bit kernels saturate.
    /// </summary>
    private const string KeepQuantization = "session.disable_quant_qdq";

    /// <summary>Where a model in memory has its external data.</summary>
    private const string WeightsFolder = "session.model_external_initializers_file_folder_path";

    private ParityGate()
    {
    }

    public static ParityGate Instance { get; } = new();

    /// <inheritdoc/>
    public ParityReport Compare(IBackendSession engine, LoadRequest request, IReadOnlyList<OptimizationProfile> profiles,
        ModelPrecision precision, CancellationToken cancellationToken)
    {
        var options = request.Options.TensorRT.Parity;
        var report = new ParityReport
        {
            Reference = "", Precision = precision, Tolerance = options.Tolerance ?? ParityTolerance.Of(precision),
            HasSamples = options.Samples is not null,
        };
        try
        {
            var (session, source) = Load(request, cancellationToken);
            using var reference = session;
            var file = source == request.Source ? "" : $" of '{source.Name}'";
            report = report with { Reference = $"ONNX Runtime {reference.Version} (CPU){file}" };
            var runs = new ParityRuns(request.Description, request.Signature, report.Tolerance, options);
            return report with
            {
                Results = runs.ResultsName,
                Family = ParityFamily.Of(request.Description, request.Signature)?.Rule.Task,
                Outputs = [.. runs.Compare(reference, engine, profiles, cancellationToken)],
            };
        }
        catch (NotSupportedException e)
        {
            return report with { NotCompared = $"{e.Message}." };
        }
        catch (ModelLoadException e)
        {
            return report with
            {
                NotCompared = $"ONNX Runtime does not run the model on the processor. {e.Message} Name an .onnx with the same "
                    + "inputs and outputs that it runs, such as the one before it was converted, in "
                    + "TensorRtOptions.Parity.Reference.",
            };
        }
        catch (OnnxRuntimeException e)
        {
            return report with
            {
                NotCompared = $"the reference does not run on these inputs: {e.RuntimeMessage} Give inputs that it takes in "
                    + "TensorRtOptions.Parity.Samples.",
            };
        }
    }

    /// <inheritdoc/>
    public IMarkedReference OpenMarked(LoadRequest request, IReadOnlyList<OptimizationProfile> profiles, ParityReport report,
        CancellationToken cancellationToken)
    {
        // Which file it is shows only when ONNX Runtime has taken it.
        var (session, source) = Load(request, cancellationToken);
        session.Dispose();
        return new MarkedReference(request, source, profiles, report);
    }

    /// <inheritdoc/>
    public string Basis(LoadRequest request, CancellationToken cancellationToken) => ParityBasis.Of(request, cancellationToken);

    /// <summary>The reference: the model, or the one that it was made from where ONNX Runtime does not run it.</summary>
    /// <exception cref="NotSupportedException">There is none.</exception>
    private static (IBackendSession Session, ModelSource Source) Load(
        LoadRequest request, CancellationToken cancellationToken)
    {
        if (request.Options.TensorRT.Parity.Reference is { } path)
            return Load(request, ModelSource.FromFile(path), cancellationToken);
        try
        {
            return (Open(request, request.Source, request.Description, cancellationToken), request.Source);
        }
        catch (ModelLoadException e)
        {
            return LoadOrigin(request, e, cancellationToken);
        }
    }

    private static (IBackendSession Session, ModelSource Source) LoadOrigin(
        LoadRequest request, ModelLoadException error, CancellationToken cancellationToken)
    {
        var origin = ModelOrigin.Find(request.Source, request.Description, out var why, cancellationToken);
        if (origin is null && why.Length == 0 && !IsBFloat16(request.Description)) throw error;
        try
        {
            if (origin is not null) return Load(request, origin, cancellationToken);
        }
        catch (Exception e) when (e is SignatureMismatchException or ModelFileException)
        {
            why = $"the file that it was converted from cannot be the reference: {e.Message.TrimEnd('.')}";
        }

        // BF16 is the usual case, and nobody should have to read ONNX Runtime's words for it.
        var problem = IsBFloat16(request.Description)
            ? "the model computes in BF16, which ONNX Runtime does not run on the processor, so that there is no reference "
                + "without the model that it was made from"
            : $"ONNX Runtime does not run the model on the processor. {error.Message.TrimEnd('.')}";
        throw new NotSupportedException($"{problem}{(why.Length > 0 ? $"; {why}" : "")}. Put the source with all its files "
            + "beside the model, or name an .onnx with the same inputs and outputs that ONNX Runtime runs in "
            + "TensorRtOptions.Parity.Reference", error);
    }

    private static bool IsBFloat16(ModelDescription model) =>
        model.FindMetadata("trtbindings.precision") == ElementType.BFloat16.OnnxName()
        || model.InitializerTypes.Any(one => one.ElementType == ElementType.BFloat16);

    private static (IBackendSession Session, ModelSource Source) Load(
        LoadRequest request, ModelSource source, CancellationToken cancellationToken) =>
        (Open(request, source, ModelCheck.Describe(request.Signature, source), cancellationToken), source);

    /// <summary>Loads a model as a reference.</summary>
    /// <exception cref="ModelLoadException">ONNX Runtime does not run it.</exception>
    internal static IBackendSession Open(
        LoadRequest request, ModelSource source, ModelDescription description, CancellationToken cancellationToken,
        string? weightsFolder = null)
    {
        var options = new ModelOptions
        {
            IntraOpThreads = request.Options.IntraOpThreads,
            SharedThreads = request.Options.SharedThreads,
            OnnxRuntimeLibrary = request.Options.OnnxRuntimeLibrary,
            ConfigureSession = session =>
            {
                session.AddSessionConfigEntry(KeepQuantization, "1");
                if (weightsFolder is not null) session.AddSessionConfigEntry(WeightsFolder, weightsFolder);
            },
        };
        var load = request with { Source = source, Description = description, Options = options };
        return new OnnxRuntimeCpuProvider().TryLoad(load, cancellationToken, out var reference, out var rejection)
            ? reference
            : throw new ModelLoadException(source.Name, rejection.Backend.ToString(), rejection.Reason);
    }
}
