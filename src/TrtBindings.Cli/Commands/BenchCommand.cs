using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TrtBindings.Cli.Benchmarking;
using TrtBindings.Cli.Inputs;
using TrtBindings.Cli.Models;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb bench</c>: how fast a model is here.</summary>
internal sealed class BenchCommand : ToolCommand
{
    private const double LongestSeconds = 3600;
    private static readonly int[] UsualBatches = [1];

    private readonly Argument<string> _file = new("file") { Description = "An .onnx model, or a TensorRT engine." };
    private readonly Option<string?> _batch = new("--batch")
    {
        Description = "Sizes of the batch, with commas.", HelpName = "N,N",
    };
    private readonly Option<string?> _threads = new("--threads")
    {
        Description = "Threads that run the model at the same time, with commas.", HelpName = "N,N",
    };

    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Runs a second that come from outside (open loop); a latency counts from when its run is due.",
        HelpName = "N", CustomParser = OptionValues.Number<double>,
    };

    private readonly Option<double> _duration = new("--duration")
    {
        Description = "Seconds to measure, for each column.", HelpName = "S", DefaultValueFactory = _ => 3,
        CustomParser = result => OptionValues.Number<double>(result) ?? 0,
    };

    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "Seconds to run before that.", HelpName = "S", DefaultValueFactory = _ => 0.5,
        CustomParser = result => OptionValues.Number<double>(result) ?? 0,
    };

    private readonly Option<string[]> _images = new Option<string[]>("--image", "-i")
    {
        Description = "Pictures as inputs, prepared as for the model's family; otherwise made-up ones. One that cannot be read "
            + "ends the command.",
        HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
    }.WithoutOptions();

    private readonly Option<string?> _markdown = new("--markdown")

    {

        Description = "Also write a Markdown table.", HelpName = "FILE",

    };
    private readonly Option<string[]> _shapes = ModelSizes.NewOption();
    private readonly ModelOptionSet _model = new(takesSeveral: true);
    private readonly VisionOptionSet _vision = new();

    public BenchCommand() : base("bench", "Measures how fast a model is on this machine.")
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[_batch, _threads, _rate, _duration, _warmUp, _images, _markdown, _shapes])
            Options.Add(option);
        _vision.AddTo(this);
        _model.AddTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb bench model.onnx", "latency and throughput of one picture at a time"),
        ("trtb bench model.onnx --backend tensorrt,cuda,cpu --batch 1,4,16", "backends and batches side by side"),
        ("trtb bench model.onnx --rate 200 --threads 4", "latencies at 200 requests a second"),
        ("trtb bench model.onnx --markdown bench.md --json > bench.json", "for a report, and for a script"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var file = arguments.GetRequiredValue(_file);
        var settings = SettingsOf(arguments);
        var batches = BatchList.Parse(arguments.GetValue(_batch));
        var threads = ThreadsOf(arguments.GetValue(_threads));
        // Said before minutes of measuring.
        if (arguments.GetValue(_markdown) is { } table)
        {
            WholeFile.RefuseOver(table, [file, .. arguments.GetValue(_images) ?? []]);
            WholeFile.RequireFolder(table);
        }

        var results = new List<BenchResult>();
        foreach (var backend in _model.Backends(arguments))
        {
            var watch = Stopwatch.StartNew();
            using var model = await LoadAsync(arguments, file, backend, batches, threads, screen, cancellation)
                .ConfigureAwait(false);
            var load = watch.Elapsed.TotalMilliseconds;
            if (results.Exists(one => one.Backend == model.Backend.ToString())) continue;
            results.AddRange(await screen.WithProgressAsync($"Measuring on {model.Backend}", progress => MeasureAsync(
                arguments, model, settings, batches, threads, load, progress, cancellation)).ConfigureAwait(false));
        }

        var report = new BenchReport
        {
            Model = file,
            Machine = MachineName(),
            Rate = settings.Rate,
            Results = results,
        };
        if (arguments.GetValue(_markdown) is { } markdown) WholeFile.WriteText(markdown, BenchText.Markdown(report));
        screen.Show(report, BenchJson.Default.BenchReport, BenchText.Write);
        return ExitCode.Done;
    }

    private async Task<List<BenchResult>> MeasureAsync(ParseResult arguments, UntypedOnnxModel model, BenchSettings settings,
        int[] asked, int[] threads, double load, IProgress<StepProgress> progress, CancellationToken cancellation)
    {
        // A terminal's live display must not wait for the loop that measures.
        await Task.Yield();
        var sizes = ModelSizes.Parse(arguments.GetValue(_shapes));
        var benchmark = new Benchmark(model, settings, load);
        var pictures = arguments.GetValue(_images) ?? [];
        var prepared = pictures.Length == 0 ? null : PictureArrays.Prepare(model, _vision, arguments, pictures);
        var batches = BatchList.For(model.Signature, asked, UsualBatches);
        var results = new List<BenchResult>();
        foreach (var batch in batches)
        {
            foreach (var count in threads)
            {
                progress.Report(new(
                    (double)results.Count / (batches.Length * threads.Length), batch > 0 ? $"batch {batch}" : "fixed sizes"));
                Dictionary<string, NpyArray>? given = prepared is null || batch == 0 ? prepared
                    : PictureArrays.Rows(prepared, batch);
                var values = sizes.Of(model.Signature, model.Description, batch > 0 ? batch : null);
                results.Add(await benchmark.RunAsync(
                    values, batch > 0 ? batch : FixedBatchOf(model), count, given, cancellation).ConfigureAwait(false));
            }
        }

        return results;
    }

    private Task<UntypedOnnxModel> LoadAsync(
        ParseResult arguments, string file, BackendKind? backend, int[] batches, int[] threads,
        Screen screen, CancellationToken cancellation)
    {
        var isEngine = ModelFile.IsEngine(file);
        var options = _model.Read(arguments, isEngine ? BackendKind.TensorRT : backend, file);
        if (!isEngine && backend == BackendKind.TensorRT)
        {
            options = ProfileText.ForRuns(
                options, file, ModelSizes.Parse(arguments.GetValue(_shapes)), batches, UsualBatches, isOneForEach: true);
        }

        options.TensorRT.MaxConcurrentRuns = Math.Max(options.TensorRT.MaxConcurrentRuns, threads.Max());
        return ModelFile.LoadAsync(file, options, screen, cancellation);
    }

    private static string MachineName() => $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, "
        + string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores");

    private BenchSettings SettingsOf(ParseResult arguments)
    {
        var (rate, duration, warmUp) = (arguments.GetValue(_rate), arguments.GetValue(_duration), arguments.GetValue(_warmUp));
        if (rate is { } runs && !(runs is > 0 and <= 1e6)) throw new UsageException($"--rate is {runs}, and must be above 0.");
        if (!(duration is > 0 and <= LongestSeconds))
            throw new UsageException($"--duration is {duration}, and takes seconds above 0.");
        if (!(warmUp is >= 0 and <= LongestSeconds))
            throw new UsageException($"--warm-up is {warmUp}, and takes seconds from 0 on.");
        return new() { WarmUp = TimeSpan.FromSeconds(warmUp), Duration = TimeSpan.FromSeconds(duration), Rate = rate };
    }

    private static int[] ThreadsOf(string? text)
    {
        if (text is null) return [1];
        try
        {
            return BatchList.Parse(text) is var counts && counts.All(count => count <= 256) ? counts
                : throw new UsageException("");
        }
        catch (UsageException)
        {
            throw new UsageException($"--threads is '{text}', and takes numbers from 1 to 256, such as 1,4.");
        }
    }

    private static long FixedBatchOf(UntypedOnnxModel model) =>
        model.Signature.Inputs is [var first, ..] && first.Shape is { IsRanked: true, Rank: > 1 } shape
            && shape.Dimensions[0].IsFixed
            ? Math.Max(1, shape.Dimensions[0].Value) : 1;
}
