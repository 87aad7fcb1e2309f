using System.Runtime.CompilerServices;
using TrtBindings.Graphs.Calibration;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Quantization;
using TrtBindings.Graphs.Structure;

namespace TrtBindings;

/// <summary>Quantization.</summary>
public static partial class ModelConversion
{
    /// <summary>
    /// Convolutions and matrix products compute in INT8 or FP8, by QuantizeLinear and DequantizeLinear nodes where TensorRT wants
    /// them; the rest computes in FP16. Made for TensorRT: ONNX Runtime's CPU runs the file, and is slower than with 32 bits.
    /// </summary>
    /// <param name="path">The model.</param>
    /// <param name="target">
    /// The file to write; an existing one is replaced. Weights that lie in files of their own go to <c>TARGET.data</c>.
    /// </param>
    /// <param name="options">Samples or a calibration table, and what to keep.</param>
    /// <param name="progress">Gets the progress, from the thread of the call.</param>
    /// <param name="cancellationToken">
    /// Ends the conversion at its next step. No model is written, and nothing is left but a calibration table that was complete.
    /// </param>
    /// <returns>What was done.</returns>
    /// <exception cref="ModelFileException">The model cannot be read, or the target cannot be written.</exception>
    /// <exception cref="ModelConversionException">
    /// The file was converted before, ONNX Runtime does not take the result, or it does not run the samples.
    /// </exception>
    /// <exception cref="ModelOptionException">
    /// Neither samples nor a table, options that do not go together, a pattern or an operator that no node has, or samples that
    /// are noise or of other inputs.
    /// </exception>
    /// <exception cref="CalibrationTableException">The table is damaged, does not fit, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ConversionReport Quantize(string path, string target, QuantizationOptions options,
        IProgress<ConversionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(target);
        ArgumentNullException.ThrowIfNull(options);
        RefuseWrong(options, path, target);
        var file = options.CalibrationTable is { } name ? new CalibrationTableFile(name) : null;
        var isRead = file is { Exists: true };
        var steps = new ConversionSteps(progress, cancellationToken);
        CalibrationResult? table = null;
        try
        {
            return QuantizeOnce(path, target, options, file, isRead, steps, ref table, null);
        }
        catch (ModelConversionException e) when (e.IsOptimizer && !options.KeepOperators.Contains(Softmax))
        {
            var kept = options.With([.. options.KeepOperators, Softmax]);
            return QuantizeOnce(path, target, kept, file, isRead, steps, ref table, SecondTry(e));
        }
    }

    private static ConversionReport QuantizeOnce(
        string path, string target, QuantizationOptions options, CalibrationTableFile? tableFile, bool isRead,
        ConversionSteps steps, ref CalibrationResult? table, string? note)
    {
        steps.Begin(ConversionPhase.Reading);
        using var file = OnnxFile.Read(path);
        Origin.RefuseConverted(file);
        var constants = new TensorRanges(file, steps.Cancellation);
        using var writer = new ModelWriter(file, target);
        if (tableFile is not null) RefuseOver(tableFile.FullPath, [file.Path, .. file.ExternalPaths]);
        var draft = new Draft(file);
        // What a second try keeps is not of the caller.
        var plan = QuantizationPlan.Make(draft, options, checkNames: note is null);
        table ??= TableOf(draft, target, options, plan, constants.SourceHash, tableFile, steps);
        var calibration = Text($"{table.Method} on {table.Samples} samples{(isRead ? ", from the table" : "")}");
        var result = plan.Rewrite(draft, table.Ranges(), constants, table.Largest(draft.Main.Values()));
        GraphWriter.Write(draft.Main);
        Origin.Write(draft, options.Type, constants, Text(
            $"{plan.QuantizedNodes} nodes quantized by {calibration}, the rest {options.Rest.OnnxName()}, ")
            + Text($"{result.Kept.Count} nodes kept"));
        steps.Begin(ConversionPhase.Writing);
        writer.Write(file, file.Model, draft.Changed, steps.Cancellation);
        var sample = options.Samples.FirstOrDefault();
        // Samples beside a table were not looked at before.
        if (sample is not null) SampleCheck.RefuseOther(sample, file);
        var checks = Check(file, draft, options.Rest, writer.TemporaryPath, sample, options, steps).ToList();
        if (note is not null) checks.Add(note);
        writer.Commit();
        steps.Finish();
        return new()
        {
            Source = file.Path,
            SourceHash = constants.SourceHash,
            Target = Path.GetFullPath(target),
            Type = options.Type,
            Rest = options.Rest,
            QuantizedNodes = plan.QuantizedNodes,
            Unquantized = plan.Kept,
            Calibration = calibration,
            CalibrationTable = tableFile?.FullPath,
            ConvertedNodes = result.ConvertedNodes,
            Kept = result.Kept,
            AddedCasts = result.AddedCasts,
            FoldedBatchNormalizations = plan.FoldedBatchNormalizations,
            Samples = isRead ? 0 : table.Samples,
            Checks = checks,
        };
    }

    /// <summary>
    /// The ranges, from the table's file or from the samples; then they are in the file before anything else is done.
    /// </summary>
    private static CalibrationResult TableOf(
        Draft draft, string target, QuantizationOptions options, QuantizationPlan plan, string hash,
        CalibrationTableFile? file, ConversionSteps steps)
    {
        var method = CalibrationResult.NameOf(options.Method, options.Percentile);
        if (file is { Exists: true }) return file.Read(draft.File.Path, hash, options.Type, method, plan.Tensors);
        file?.RequireFolder();
        var calibrator = new Calibrator(draft, target, options.Samples, steps) { Shared = plan.Shared };
        var tensors = calibrator.Run(plan.Tensors, options.Method, options.Percentile, options.Type);
        var table = new CalibrationResult(hash, options.Type, method, calibrator.Samples, tensors);
        file?.Write(table, draft.File.Path);
        return table;
    }

    /// <summary>A table would be written over a model or its weights, or read from them.</summary>
    private static void RefuseOver(string table, IEnumerable<string> files)
    {
        if (files.FirstOrDefault(file => SamePath.Is(table, file)) is not { } same) return;
        const string Option = $"{nameof(QuantizationOptions)}.{nameof(QuantizationOptions.CalibrationTable)}";
        throw new ModelOptionException(Option, $"The {Option} '{table}' is no place for a calibration table: it is the name of a "
            + $"model that is read or written, '{same}'. Name another file.");
    }

    private static void RefuseWrong(QuantizationOptions options, string path, string target)
    {
        Require(options.Type is ElementType.Int8 or ElementType.Float8E4M3FN, options.Type,
            "is no type to quantize to. Set ElementType.Int8 or ElementType.Float8E4M3FN.");
        var hasType = options.Type == ElementType.Int8 || ReleaseTable.Find(
            options.Type, options.TensorRtReleases, options.ComputeCapability, kind => kind == NodeKind.Any) is null;
        Require(hasType, options.Type, "needs a GPU of compute capability 8.9 or later, and ComputeCapability is "
            + $"{options.ComputeCapability}. Use Int8 there.");
        Require(options.Rest is ElementType.Float16 or ElementType.BFloat16 or ElementType.Float, options.Rest,
            "is no type for the rest. Set ElementType.Float16, BFloat16 or Float.");
        Require(options.Percentile is > 0 and <= 100, options.Percentile, "is not above 0 and at most 100 percent.");
        Require(Enum.IsDefined(options.Method), options.Method, "is no method. Set one of CalibrationMethod.");
        Require(Enum.IsDefined(options.Concat), options.Concat, "is no way. Set one of ConcatQuantization.");
        Require(options.Method != CalibrationMethod.Entropy || options.Type == ElementType.Int8, options.Method,
            "counts levels that are equally far apart, which FP8 has not. Set another method for FP8.");
        if (options.CalibrationTable is not { } table) return;
        Require(table.Length > 0, table, "is empty. Name a file, or leave it null.");
        RefuseOver(table, [path, target, Path.GetFullPath(target) + ".data"]);

        static void Require<T>(bool isRight, T value, string what, [CallerArgumentExpression(nameof(value))] string option = "")
        {
            if (isRight) return;
            option = option.StartsWith("options.", StringComparison.Ordinal) ? option["options.".Length..]
                : nameof(QuantizationOptions.CalibrationTable);
            throw new ModelOptionException($"{nameof(QuantizationOptions)}.{option}",
                Text($"The {nameof(QuantizationOptions)}.{option} '{value}' {what}"));
        }
    }
}
