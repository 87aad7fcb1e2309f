using System.Globalization;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;

namespace TrtBindings;

/// <summary>
/// Makes .onnx files of other precision. TensorRT 11 computes in what the file says; TensorRT 10 can also be asked with
/// <see cref="TensorRtOptions"/>. Every call leaves the source as it is, and writes the target completely or not at all.
/// </summary>
public static partial class ModelConversion
{
    private const string Softmax = "Softmax";

    /// <summary>The first operator set in which convolutions take BF16.</summary>
    private const int BFloat16Opset = 22;

    /// <summary>Weights and values of 32 bits become FP16.</summary>
    /// <param name="path">The model.</param>
    /// <param name="target">
    /// The file to write; an existing one is replaced. Weights that lie in files of their own go to <c>TARGET.data</c>.
    /// </param>
    /// <param name="options">What to keep, and samples.</param>
    /// <param name="progress">Gets the progress, from the thread of the call.</param>
    /// <param name="cancellationToken">Ends the conversion at its next step. Nothing is written, and nothing is left.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="ModelFileException">The model cannot be read, or the target cannot be written.</exception>
    /// <exception cref="ModelConversionException">
    /// The file was converted before, ONNX Runtime does not take the result, or it does not run the samples.
    /// </exception>
    /// <exception cref="ModelOptionException">
    /// A pattern or an operator that no node has, samples that are noise or of other inputs.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ConversionReport ToFloat16(string path, string target, ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Convert(path, target, ElementType.Float16, options ?? new(), new(progress, cancellationToken));

    /// <summary>
    /// Weights and values of 32 bits, and of FP16, become BF16: the range of 32 bits with 8 bits of precision. The operator set
    /// is raised to 22, the first with BF16 convolutions.
    /// </summary>
    /// <inheritdoc cref="ToFloat16"/>
    public static ConversionReport ToBFloat16(string path, string target, ConversionOptions? options = null,
        IProgress<ConversionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Convert(path, target, ElementType.BFloat16, options ?? new(), new(progress, cancellationToken));

    private static ConversionReport Convert(
        string path, string target, ElementType type, ConversionOptions options, ConversionSteps steps)
    {
        try
        {
            return Convert(path, target, type, options, steps, null);
        }
        catch (ModelConversionException e) when (e.IsOptimizer && !options.KeepOperators.Contains(Softmax))
        {
            return Convert(path, target, type, options.With([.. options.KeepOperators, Softmax]), steps, SecondTry(e));
        }
    }

    /// <summary>ONNX Runtime joins the nodes of an attention into one, and takes some of them in FP16 for FP32.</summary>
    private static string SecondTry(ModelConversionException e) =>
        $"{Softmax} was kept in 32 bits after a first try: {e.InnerException?.Message}";

    private static ConversionReport Convert(
        string path, string target, ElementType type, ConversionOptions options, ConversionSteps steps, string? note)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(target);
        steps.Begin(ConversionPhase.Reading);
        using var file = OnnxFile.Read(path);
        Origin.RefuseConverted(file);
        var samples = new List<ModelSample>();
        foreach (var sample in options.Samples)
        {
            SampleCheck.RefuseOther(sample, file);
            samples.Add(sample);
            steps.Next();
        }

        SampleCheck.RefuseNoise(samples);
        var ranges = new TensorRanges(file, steps.Cancellation);
        // Refuses a target that would be written over the source, before any work is done.
        using var writer = new ModelWriter(file, target);
        var draft = new Draft(file);
        var names = new OptionNames(draft, options);
        if (type == ElementType.BFloat16) OpsetRaise.To(draft, BFloat16Opset);
        var folded = BatchNormFolding.Fold(draft, options);
        // What a second try keeps is not of the caller.
        if (note is null) names.Check();
        var measured = samples.Count == 0 || type != ElementType.Float16 ? []
            : RangeMeasurement.Measure(draft, target, samples, steps);
        var plan = new PrecisionPlan(draft, type, options, ranges, measured);
        var rewriter = new PrecisionRewriter(draft, type, plan);
        rewriter.Rewrite(options);
        Graphs.Structure.GraphWriter.Write(draft.Main);
        Origin.Write(draft, type, ranges, Text($"{plan.Kept.Count} nodes kept, {samples.Count} samples"));
        steps.Begin(ConversionPhase.Writing);
        writer.Write(file, file.Model, draft.Changed, steps.Cancellation);
        var checks = Check(file, draft, type, writer.TemporaryPath, samples.FirstOrDefault(), options, steps).ToList();
        if (note is not null) checks.Add(note);
        writer.Commit();
        steps.Finish();
        return new()
        {
            Source = file.Path,
            SourceHash = ranges.SourceHash,
            Target = Path.GetFullPath(target),
            Type = type,
            ConvertedNodes = rewriter.Converted,
            Kept = [.. plan.Kept.Select(one => new KeptNode(one.Key.DisplayName, one.Key.Operator, one.Value))],
            AddedCasts = rewriter.Casts,
            FoldedBatchNormalizations = folded,
            Samples = measured.Count > 0 ? samples.Count : 0,
            Checks = checks,
        };
    }

    private static IEnumerable<string> Check(
        OnnxFile file, Draft draft, ElementType type, string result, ModelSample? sample, ConversionOptions options,
        ConversionSteps steps)
    {
        steps.Begin(ConversionPhase.Checking);
        var bytes = TensorWalk.All(draft.File.Model).Sum(tensor => (long)tensor.RawData.Length)
            + (File.Exists(result + ".data") ? new FileInfo(result + ".data").Length : 0);
        if (bytes > options.CheckUpToBytes)
        {
            return
                [Text($"not loaded: {bytes} bytes of weights are more than CheckUpToBytes, {options.CheckUpToBytes}")];
        }

        if (!ResultCheck.Loads(file.Path, out var reason))
            return [$"not loaded: ONNX Runtime does not load the source either: {reason}"];
        return type == ElementType.BFloat16
            ? [ResultCheck.LoadTypes(file.Path, result), .. CheckTwin(file.Path, result, sample, steps)]
            : ResultCheck.Run(file.Path, result, "the result", sample, steps);
    }

    private static List<string> CheckTwin(string source, string result, ModelSample? sample, ConversionSteps steps)
    {
        using var file = OnnxFile.Read(result);
        using var writer = new ModelWriter(file, result + ".twin.onnx");
        RoundingTwin.Write(file, writer);
        // As it is: what ONNX Runtime could do to the twin's casts says nothing about the file.
        return ResultCheck.Run(
            source, writer.TemporaryPath, "its twin in 32 bits that rounds to BF16", sample, steps, allLevels: false).ToList();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
