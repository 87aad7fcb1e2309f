using TrtBindings.Backends;
using TrtBindings.OnnxRuntime;
using TrtBindings.Parity;
using TrtBindings.TensorRT.Cache;

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
            using var reference = Load(request, out _, cancellationToken);
            report = report with { Reference = $"ONNX Runtime {reference.Version} (CPU)" };
            var runs = new ParityRuns(request.Description, request.Signature, report.Tolerance, options);
            return report with
            {
                Results = runs.ResultsName,
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
        Load(request, out var source, cancellationToken).Dispose();
        return new MarkedReference(request, source, profiles, report);
    }

    /// <summary>The reference: the model, or the one that it was made from where ONNX Runtime does not run it.</summary>
    private static IBackendSession Load(LoadRequest request, out ModelSource source, CancellationToken cancellationToken)
    {
        if (request.Options.TensorRT.Parity.Reference is { } path)
            return Load(request, source = ModelSource.FromFile(path), cancellationToken);
        try
        {
            source = request.Source;
            return Open(request, request.Source, request.Description, cancellationToken);
        }
        catch (ModelLoadException) when (OriginOf(request) is { } origin)
        {
            return Load(request, source = origin, cancellationToken);
        }
    }

    private static IBackendSession Load(LoadRequest request, ModelSource source, CancellationToken cancellationToken) =>
        Open(request, source, ModelCheck.Describe(request.Signature, source), cancellationToken);

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

    /// <summary>The file that a converted model was made from, if it still lies beside it and is the same.</summary>
    private static ModelSource? OriginOf(LoadRequest request)
    {
        var name = request.Description.FindMetadata("trtbindings.source");
        var hash = request.Description.FindMetadata("trtbindings.source_sha256");
        if (name is not { Length: > 0 } || hash is null || request.Source.Path is not { } path || Path.GetFileName(name) != name)
            return null;
        var origin = Path.Combine(Path.GetDirectoryName(path)!, name);
        try
        {
            return File.Exists(origin) && ContentHash.OfFile(origin, CancellationToken.None) == ContentHash.Prefix + hash
                ? ModelSource.FromFile(origin) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
