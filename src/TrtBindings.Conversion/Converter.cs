using System.Diagnostics;
using System.Globalization;

namespace TrtBindings.Conversion;

/// <summary>Converts one model, and says so.</summary>
internal sealed class Converter(Job job, Messages messages, CancellationToken cancellation) : IProgress<ConversionProgress>
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _sinceLine = new();
    private readonly string _name = Path.GetFileName(job.Source);

    /// <returns>False if there is an error.</returns>
    /// <exception cref="OperationCanceledException">The program is ended; the model that was there stays.</exception>
    public bool Run()
    {
        _sinceLine.Restart();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.Target)!);
            var watch = Stopwatch.StartNew();
            messages.High($"Converting {_name} to {TypeName} …");
            var report = Convert();
            messages.High(string.Create(CultureInfo.InvariantCulture,
                $"Converting {_name} to {TypeName} … done in {watch.Elapsed.TotalSeconds:0.0} s, {Summary(report)}"));
            Explain(report);
            messages.Done(job.Target, report.SourceHash);
            return true;
        }
        catch (Exception e) when (e is CalibrationException or CalibrationTableException)
        {
            messages.Error(Messages.Calibration, job.Source, e.Message);
        }
        catch (Exception e) when (e is TrtBindingsException or IOException or UnauthorizedAccessException
            or NotSupportedException)
        {
            messages.Error(Messages.Failed, job.Source, e.Message);
        }

        return false;
    }

    /// <summary>A line now and then, so that a log shows that work goes on.</summary>
    void IProgress<ConversionProgress>.Report(ConversionProgress value)
    {
        if (_sinceLine.Elapsed < Between) return;
        _sinceLine.Restart();
        var steps = value.Steps > 0 ? Text($" {value.Step} of {value.Steps}") : Text($" {value.Step}");
        messages.High(Text($"Converting {_name} to {TypeName} … {value.Percent:0} %: ")
            + char.ToLowerInvariant(value.Phase[0]) + value.Phase[1..] + (value.Step > 0 ? "," + steps : ""));
    }

    /// <summary>The table that a conversion with pictures writes: checked in, it makes builds without the pictures
    /// possible.</summary>
    private string NewTable => job.Target + ".calibration.txt";

    private string TypeName => job.Type.ToUpperInvariant();

    private ConversionReport Convert()
    {
        var pictures = PictureFolder.Of(job.Calibration);
        if (job.Type == "int8") return Quantize(pictures);
        if (pictures is null && job.Calibration.Length > 0)
        {
            throw new CalibrationException($"TrtCalibration is the file '{job.Calibration}', and a conversion to {TypeName} "
                + "has no use for a calibration table. Name a folder of pictures, or leave TrtCalibration out.");
        }

        using var samples = new PictureSamples(job, messages);
        var options = new ConversionOptions
        {
            KeepNodes = job.Keep,
            Samples = pictures is null ? [] : samples.Of(pictures.Take(PictureFiles.EnoughForRanges)),
        };
        return job.Type == "bf16" ? ModelConversion.ToBFloat16(job.Source, job.Target, options, this, cancellation)
            : ModelConversion.ToFloat16(job.Source, job.Target, options, this, cancellation);
    }

    private ConversionReport Quantize(IReadOnlyList<string>? pictures)
    {
        using var samples = new PictureSamples(job, messages);
        if (pictures is not null) File.Delete(NewTable);
        var options = new QuantizationOptions
        {
            KeepNodes = job.Keep,
            RestNodes = job.Rest,
            Samples = pictures is null ? [] : samples.Of(pictures),
            CalibrationTable = pictures is null ? job.Calibration : NewTable,
            Task = job.Task.Length > 0 ? job.Task : null,
            Method = job.Method.Length > 0
                ? Enum.Parse<CalibrationMethod>(job.Method, ignoreCase: true)
                : new QuantizationOptions().Method,
        };
        return ModelConversion.Quantize(job.Source, job.Target, options, this, cancellation);
    }

    private string Summary(ConversionReport report)
    {
        if (report.Calibration is { } calibration)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{report.QuantizedNodes} nodes quantized by {calibration}, "
                + $"{report.Unquantized.Count} left in {report.Rest.OnnxName()}");
        }

        var kept = string.Create(CultureInfo.InvariantCulture,
            $"{report.Kept.Count} {(report.Kept.Count == 1 ? "node" : "nodes")} kept in 32 bits");
        return report.Samples > 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"{kept}, ranges measured on {report.Samples} {(report.Samples == 1 ? "picture" : "pictures")}")
            : job.Type == "fp16" ? kept + "; without pictures only operators, names and constants decided" : kept;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The reasons, one line for each of them and each operator; every single node in a detailed build.</summary>
    private void Explain(ConversionReport report)
    {
        if (report.CalibrationTable is { } table)
            messages.Normal($"  calibration table: {table}; checked in and named by TrtCalibration, it takes the place of the "
                + "pictures");
        Explain("not quantized", report.Unquantized);
        Explain("kept in 32 bits", report.Kept);
        foreach (var check in report.Checks) messages.Normal($"  check: {check}");
    }

    private void Explain(string what, IReadOnlyList<KeptNode> nodes)
    {
        foreach (var group in nodes.GroupBy(node => (node.Operator, node.Reason)))
        {
            messages.Normal($"  {what}: {group.Count()} {group.Key.Operator} ({group.First().Node}"
                + $"{(group.Count() > 1 ? ", …" : "")}): {group.Key.Reason}");
            foreach (var node in group) messages.Low($"    {node.Node}");
        }
    }
}
