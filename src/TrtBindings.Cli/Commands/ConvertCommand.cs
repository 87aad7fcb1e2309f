using System.CommandLine;
using System.Diagnostics;
using TrtBindings.Cli.Converting;
using TrtBindings.Cli.Models;
using TrtBindings.Conversion;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb convert</c>: a model in FP16, BF16 or INT8.</summary>
internal sealed class ConvertCommand : ToolCommand
{
    private static readonly string[] Types = ["fp16", "bf16", "int8"];

    private readonly Argument<string> _file = new("file") { Description = "An .onnx model of 32-bit floats." };
    private readonly Option<string> _to = new("--to")
    {
        Description = "The type to convert to.", HelpName = "TYPE", Required = true,
    };
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write; FILE-TYPE.onnx beside the model if it is left out.", HelpName = "FILE",
    };

    private readonly Option<string?> _calibration = new("--calibration")
    {
        Description = "A folder of typical pictures; for int8 needed, or a calibration table in its place. A picture that cannot "
            + "be read ends the command.",
        HelpName = "FOLDER|TABLE",
    };

    private readonly Option<string?> _table = new("--table")
    {
        Description = "For int8 with pictures: write the calibration table here, to convert again without them.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _method = new("--method")
    {
        Description = "For int8: how ranges are chosen.", HelpName = "NAME",
    };

    private readonly Option<int?> _pictures = new("--pictures") { Description = "The most pictures to use.", HelpName = "N" };
    private readonly Option<string[]> _keep = new("--keep")
    {
        Description = "Nodes that stay in 32 bits, by patterns of their names, such as /model.22/*. One that no node has is an "
            + "error.",
        HelpName = "PATTERN",
    };

    private readonly VisionOptionSet _vision = new();

    public ConvertCommand() : base("convert", "Writes a model with 16-bit floats or 8-bit integers in place of 32-bit floats.")
    {
        _to.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Types);
        _method.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, Enum.GetNames<CalibrationMethod>());
        Arguments.Add(_file);
        foreach (var option in (Option[])[_to, _output, _calibration, _table, _method, _pictures, _keep]) Options.Add(option);
        _vision.AddPreparationTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb convert model.onnx --to fp16", "model-fp16.onnx; nodes that 16 bits cannot hold stay as they are"),
        ("trtb convert model.onnx --to fp16 --calibration pictures", "the same with ranges measured on pictures"),
        ("trtb convert model.onnx --to int8 --calibration pictures --table model.table",
            "8 bits, and the table for the next time"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var (file, type) = (arguments.GetRequiredValue(_file), arguments.GetRequiredValue(_to).ToLowerInvariant());
        var target = arguments.GetValue(_output) ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!,
            $"{Path.GetFileNameWithoutExtension(file)}-{type}.onnx");
        var (calibration, table) = (arguments.GetValue(_calibration), arguments.GetValue(_table));
        if (table is not null && type != "int8") throw new UsageException("--table is for --to int8.");
        if (arguments.GetValue(_method) is not null && type != "int8") throw new UsageException("--method is for --to int8.");
        // A file that is no model is said before pictures are looked for.
        ModelSource.FromFile(file).Describe();
        var isTable = calibration is not null && File.Exists(calibration);
        if (type == "int8" && calibration is null)
            throw new UsageException("INT8 needs --calibration with a folder of typical pictures, or a calibration table.");
        if (isTable && type != "int8")
            throw new UsageException($"'{calibration}' is a file, and {type} takes a folder of pictures.");
        if (calibration is not null && !isTable && !Directory.Exists(calibration))
            throw new UsageException($"There is no folder and no table '{calibration}'.");
        if (isTable && table is not null)
            throw new UsageException("--table writes a table, and --calibration gives one already.");
        if (table is not null)
        {
            WholeFile.RefuseOver(table, file, target, target + ".data");
            WholeFile.RequireFolder(table);
        }

        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"There is no folder '{folder}' to write '{target}' to.");
        if (calibration is null || isTable) RefusePictureOptions(arguments, type);
        var pictures = calibration is null || isTable ? []
            : Limited(PictureSamples.Find(calibration), type, arguments.GetValue(_pictures));
        var watch = Stopwatch.StartNew();
        var report = await screen.WithProgressAsync($"Converting to {type}", progress => Task.Run(
            () => Convert(arguments, file, target, type, pictures, isTable ? calibration : table, isTable, progress,
                cancellation),
            CancellationToken.None)).ConfigureAwait(false);
        var shown = ReportOf(file, report, isTable ? calibration : table, (type, watch.Elapsed));
        screen.Show(shown, ConvertJson.Default.ConvertReport, ConvertReport.Write);
        return ExitCode.Done;
    }

    /// <summary>What says how pictures are taken or prepared, where there are none.</summary>
    private void RefusePictureOptions(ParseResult arguments, string type)
    {
        // The family also says which head is not quantized.
        var idle = _vision.Preparation(arguments).Where(name => type != "int8" || name != "--family")
            .Concat(arguments.GetResult(_pictures) is null ? [] : [_pictures.Name]).ToList();
        if (idle.Count > 0)
        {
            throw new UsageException($"{string.Join(", ", idle)} {(idle.Count == 1 ? "is" : "are")} for pictures. Name a folder "
                + "of them with --calibration, or leave it out.");
        }
    }

    private static string[] Limited(string[] pictures, string type, int? most)
    {
        if (most is < 1) throw new UsageException($"--pictures is {most}, and must be at least 1.");
        return [.. pictures.Take(most ?? (type == "int8" ? int.MaxValue : PictureFiles.EnoughForRanges))];
    }

    private ConversionReport Convert(
        ParseResult arguments, string file, string target, string type, string[] pictures, string? table,
        bool isTable, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        using var prepared = new PictureSamples(file, _vision, arguments);
        var samples = prepared.Of(pictures);
        var steps = new ConvertSteps(progress);
        var keep = arguments.GetValue(_keep) ?? [];
        if (type != "int8")
        {
            var options = new ConversionOptions { KeepNodes = keep, Samples = samples };
            return type == "bf16" ? ModelConversion.ToBFloat16(file, target, options, steps, cancellation)
                : ModelConversion.ToFloat16(file, target, options, steps, cancellation);
        }

        // A table that is there would be read in place of the pictures. It stays until the new one is whole.
        using var work = isTable || table is null ? null : WorkFolder.Beside(table);
        var part = work?[Path.GetFileName(table!)];
        try
        {
            var defaults = new QuantizationOptions();
            return ModelConversion.Quantize(file, target, new()
            {
                KeepNodes = keep,
                Samples = samples,
                CalibrationTable = part ?? table,
                Task = _vision.Family(arguments),
                Method = arguments.GetValue(_method) is { } method
                    ? Enum.Parse<CalibrationMethod>(method, ignoreCase: true) : defaults.Method,
            }, steps, cancellation);
        }
        finally
        {
            if (part is not null && File.Exists(part)) File.Move(part, table!, overwrite: true);
        }
    }

    private static ConvertReport ReportOf(
        string file, ConversionReport report, string? table, (string Type, TimeSpan Elapsed) run)
    {
        return new()
        {
            Model = file,
            Target = report.Target,
            Type = run.Type,
            Bytes = [BytesOf(file), BytesOf(report.Target)],
            Seconds = run.Elapsed.TotalSeconds,
            Converted = report.ConvertedNodes,
            Quantized = report.QuantizedNodes,
            Calibration = report.Calibration,
            Table = report.CalibrationTable is null || table is null ? null : Path.GetFullPath(table),
            Pictures = report.Samples,
            Kept =
            [
                .. report.Unquantized.Concat(report.Kept).GroupBy(node => (node.Operator, node.Reason)).Select(group =>
                    $"{group.Count()} {group.Key.Operator} ({group.First().Node}{(group.Count() > 1 ? ", ..." : "")}): "
                        + $"{group.Key.Reason}"),
            ],
            Checks = report.Checks,
        };
    }

    private static long BytesOf(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new FileInfo(file).Length + ModelSource.FromFile(file).Describe().ExternalData
            .Sum(data => new FileInfo(Path.Combine(folder, data.Location)) is { Exists: true } outside ? outside.Length : 0);
    }
}
