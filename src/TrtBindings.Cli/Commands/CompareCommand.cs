using System.CommandLine;
using TrtBindings.Cli.Comparing;
using TrtBindings.Cli.Inputs;
using TrtBindings.Cli.Models;
using TrtBindings.Cli.Npy;
using TrtBindings.Cli.Running;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb compare</c>: whether two backends or two files give the same.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private static readonly int[] UsualBatches = [1, 4];

    private readonly Argument<string> _file = new("file")
    {
        Description = "The reference: an .onnx model, or a TensorRT engine.",
    };

    private readonly Argument<string?> _other = new("other")
    {
        Description = "The file to compare with it; the same file on another backend if it is left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> _images = new Option<string[]>("--image", "-i")
    {
        Description = "Pictures to compare on, prepared as for the model's family; otherwise made-up inputs. One that cannot be "
            + "read ends the command.",
        HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
    }.WithoutOptions();

    private readonly Option<string[]> _inputs = new("--input")
    {
        Description = "Arrays of NumPy to compare on: NAME=FILE.npy, or FILE.npz for all.", HelpName = "NAME=FILE",
    };

    private readonly Option<string?> _batch = new("--batch")
    {
        Description = "Sizes of the batch, with commas; 1,4 for a model whose batch is dynamic.", HelpName = "N,N",
    };

    private readonly Option<string?> _tolerance = new("--tolerance")
    {
        Description = $"The precision whose tolerance is applied: {Precisions.All}; otherwise the lower one of both files.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _anyOrder = new("--any-order")
    {
        Description = "Take rows in another order for equal, for outputs that are sorted by score.",
    };

    private readonly Option<int> _seed = new("--seed")

    {

        Description = "Seed of made-up inputs.", HelpName = "N", DefaultValueFactory = _ => 1,

    };
    private readonly Option<string[]> _shapes = ModelSizes.NewOption();
    private readonly ModelOptionSet _model = new(takesSeveral: true);
    private readonly VisionOptionSet _vision = new();

    public CompareCommand() : base("compare", "Gives the same inputs to two backends or two files, and compares their outputs.")
    {
        Arguments.Add(_file);
        Arguments.Add(_other);
        foreach (var option in (Option[])[_images, _inputs, _batch, _tolerance, _anyOrder, _shapes, _seed]) Options.Add(option);
        _vision.AddTo(this);
        _model.AddTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb compare model.onnx --backend cpu,tensorrt", "whether TensorRT gives what the processor gives"),
        ("trtb compare model.onnx model-fp16.onnx --image a.jpg b.jpg", "what a conversion has changed, on these pictures"),
        ("trtb compare model.onnx model.engine --batch 1,16 --tolerance fp16", "an engine from elsewhere against its model"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var (file, other) = (arguments.GetRequiredValue(_file), arguments.GetValue(_other));
        var (first, second) = BackendsOf(arguments, other);
        var batches = BatchList.Parse(arguments.GetValue(_batch));
        var named = arguments.GetValue(_tolerance) is { } word ? Precisions.Parse(word, "--tolerance")
            : _model.Precision(arguments);
        using var reference = await LoadAsync(arguments, file, first, batches, screen, cancellation).ConfigureAwait(false);
        using var compared = await LoadAsync(arguments, other ?? file, second, batches, screen, cancellation)
            .ConfigureAwait(false);
        if (other is null && reference.Backend.Kind == compared.Backend.Kind)
        {
            var why = compared.Backend.Rejected.Count == 0 ? "" : $" ({compared.Backend.Rejected[0].Reason})";
            throw new UsageException($"Both sides would be {compared.Backend}{why}. Name another file, or --backend a,b.");
        }

        var (precision, reason) = PrecisionOf(named, reference, compared);
        var tolerance = ParityTolerance.Of(precision);
        var comparison = new Comparison(reference, compared, tolerance);
        comparison.CheckSignatures();
        var isAnyOrder = arguments.GetValue(_anyOrder);
        var results = new List<ComparedOutput>();
        foreach (var (run, arrays) in Runs(arguments, reference, batches))
            results.AddRange(comparison.Compare(run, arrays, cancellation));
        if (isAnyOrder) results = [.. results.Select(one => one.IsPermuted ? one with { Problem = null } : one)];
        var report = new CompareReport
        {
            Reference = new(file, reference.Backend.ToString()),
            Other = new(other ?? file, compared.Backend.ToString()),
            Precision = reason,
            Tolerance = tolerance,
            Passed = results.All(one => one.Problem is null) && results.Exists(one => one.Numbers > 0),
            Results = results,
        };
        screen.Show(report, CompareJson.Default.CompareReport, CompareTables.Write);
        return report.Passed ? ExitCode.Done : ExitCode.CheckFailed;
    }

    /// <summary>The reference runs on the CPU unless another backend is named; so does a second file.</summary>
    private (BackendKind? First, BackendKind? Second) BackendsOf(ParseResult arguments, string? other)
    {
        var backends = _model.Backends(arguments);
        if (backends.Length > 2)
            throw new UsageException("--backend takes two backends here: that of the reference, and the other.");
        if (backends.Length == 2) return (backends[0], backends[1]);
        if (other is null) return (BackendKind.OnnxRuntimeCpu, backends[0]);
        return (backends[0] ?? BackendKind.OnnxRuntimeCpu, backends[0] ?? BackendKind.OnnxRuntimeCpu);
    }

    private Task<UntypedOnnxModel> LoadAsync(
        ParseResult arguments, string file, BackendKind? backend, int[] batches, Screen screen,
        CancellationToken cancellation)
    {
        var isEngine = ModelFile.IsEngine(file);
        var options = _model.Read(arguments, isEngine ? BackendKind.TensorRT : backend, file);
        // What an engine answers is what this command tells; a build must not refuse it before.
        options.TensorRT.Parity.Policy = ParityPolicy.Off;
        if (!isEngine && backend == BackendKind.TensorRT)
            options = ProfileText.ForRuns(options, file, ModelSizes.Parse(arguments.GetValue(_shapes)), batches, UsualBatches,
                isOneForEach: false);
        return ModelFile.LoadAsync(file, options, screen, cancellation);
    }

    private IEnumerable<(string Run, Dictionary<string, NpyArray> Arrays)> Runs(
        ParseResult arguments, UntypedOnnxModel model, int[] asked)
    {
        if (arguments.GetValue(_inputs) is { Length: > 0 } files)
        {
            yield return ("given arrays", TensorRun.Read(files, model.Signature));
            yield break;
        }

        var seed = arguments.GetValue(_seed);
        var pictures = arguments.GetValue(_images) ?? [];
        var prepared = pictures.Length == 0 ? null : PictureArrays.Prepare(model, _vision, arguments, pictures);
        var sizes = ModelSizes.Parse(arguments.GetValue(_shapes));
        foreach (var batch in BatchList.For(model.Signature, asked, UsualBatches))
        {
            var arrays = prepared is null ? Seeded(model, sizes, batch, seed)
                : batch > 0 ? PictureArrays.Rows(prepared, batch) : prepared;
            var name = batch > 0 ? $"batch {batch}" : "fixed sizes";
            yield return (name, arrays);
            if (batch < 2) continue;
            yield return ($"{name}, equal", InputFill.WithRows(arrays, batch, _ => 0));
            yield return ($"{name}, reversed", InputFill.WithRows(arrays, batch, row => batch - 1 - row));
        }
    }

    private static Dictionary<string, NpyArray> Seeded(UntypedOnnxModel model, ModelSizes sizes, int batch, int seed)
    {
        using var inputs = model.AllocateInputs(sizes.Of(model.Signature, model.Description, batch > 0 ? batch : null));
        return InputFill.Seeded(model.Signature, inputs, seed);
    }

    private static (ModelPrecision Precision, string Reason) PrecisionOf(
        ModelPrecision? named, UntypedOnnxModel reference, UntypedOnnxModel other)
    {
        if (named is { } precision) return (precision, $"{Precisions.WordOf(precision)} (asked for)");
        var (left, right) = (Precisions.Of(reference.Description), Precisions.Of(other.Description));
        // Float32 to Int8 stand in the order of their tolerances.
        var lower = left > right ? left : right;
        var isEngine = reference.Source.IsEngine || other.Source.IsEngine;
        return (lower, Precisions.WordOf(lower) + (isEngine ? " (an engine does not tell its precision; --tolerance does)" : ""));
    }
}
