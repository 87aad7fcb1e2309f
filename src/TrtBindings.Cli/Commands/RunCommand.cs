using System.CommandLine;
using TrtBindings.Cli.Models;
using TrtBindings.Cli.Running;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb run</c>: what a model says about pictures or arrays.</summary>
internal sealed class RunCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "An .onnx model, or a TensorRT engine." };
    private readonly Option<string[]> _images = new Option<string[]>("--image", "-i")
    {
        Description = "A picture. Several are run one after the other; one that cannot be read is reported, the others are run, "
            + "and the exit code is 2.",
        HelpName = "FILE", AllowMultipleArgumentsPerToken = true,
    }.WithoutOptions();

    private readonly Option<string?> _overlay = new("--overlay")
    {
        Description = "Draw what was found: a picture file, or a folder that is there for several pictures.", HelpName = "FILE",
    };

    private readonly Option<string[]> _inputs = new("--input")
    {
        Description = "An input as an array of NumPy instead of pictures: NAME=FILE.npy, or FILE.npz for all.",
        HelpName = "NAME=FILE",
    };

    private readonly Option<string[]> _outputs = new("--output", "-o")
    {
        Description = "With --input: where to write outputs, FILE.npz for all or NAME=FILE.npy for one.", HelpName = "FILE",
    };

    private readonly ModelOptionSet _model = new(takesSeveral: false);
    private readonly VisionOptionSet _vision = new();

    public RunCommand() : base("run", "Runs a model once on pictures or arrays, and shows what it says.")
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[_images, _overlay, _inputs, _outputs]) Options.Add(option);
        _vision.AddTo(this);
        _model.AddTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb run model.onnx --image desk.jpg --overlay found.png", "what is in the picture, as a table and drawn on it"),
        ("trtb run model.onnx --image *.jpg --json", "the same of many pictures, for a script; masks are COCO run lengths"),
        ("trtb run model.onnx --input images=in.npy -o out.npz", "the raw outputs for an array of NumPy"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var (images, inputs) = (arguments.GetValue(_images) ?? [], arguments.GetValue(_inputs) ?? []);
        if (images.Length == 0 == (inputs.Length == 0))
            throw new UsageException("Give either pictures with --image or arrays with --input.");
        var outputs = arguments.GetValue(_outputs) ?? [];
        if (inputs.Length == 0 && outputs.Length > 0) throw new UsageException("--output is for raw outputs, with --input.");
        var overlays = PictureRun.OverlaysOf(images, arguments.GetValue(_overlay));
        if (inputs.Length > 0 && arguments.GetValue(_overlay) is not null)
            throw new UsageException("--overlay is for pictures, with --image.");
        foreach (var image in images)
            if (!File.Exists(image)) throw new UsageException($"There is no picture '{image}'.");
        var file = arguments.GetRequiredValue(_file);
        foreach (var overlay in overlays.OfType<string>()) WholeFile.RefuseOver(overlay, [file, .. images]);
        foreach (var output in outputs)
            WholeFile.RefuseOver(TensorRun.PathIn(output), [file, .. inputs.Select(TensorRun.PathIn)]);
        var options = _model.Read(arguments, _model.Backends(arguments)[0], file);
        using var model = await ModelFile.LoadAsync(file, options, screen, cancellation).ConfigureAwait(false);
        var report = new RunReport
        {
            Model = file, Backend = model.Backend.ToString(), Parity = ParityWords.Of(model.Backend),
        };
        if (inputs.Length > 0)
        {
            report = report with { Outputs = RunArrays(model, inputs, outputs, cancellation) };
        }
        else
        {
            using var engine = _vision.CreateEngine(arguments, model);
            var pictures = PictureRun.RunAll(engine, [.. images.Zip(overlays)], cancellation);
            var failed = pictures.Count(picture => picture.Error is not null);
            report = report with
            {
                Family = engine.Family.ToString(),
                Pictures = pictures,
                Failed = failed > 0 ? failed : null,
            };
        }

        screen.Show(report, RunJson.Default.RunReport, RunTables.Write);
        if (report.Failed is not { } count) return ExitCode.Done;
        screen.Note($"trtb: {count} of {images.Length} pictures failed.");
        return ExitCode.BadInput;
    }

    private static OutputReport[] RunArrays(
        UntypedOnnxModel model, string[] options, string[] files, CancellationToken cancellation)
    {
        using var inputs = TensorRun.Fill(model, TensorRun.Read(options, model.Signature));
        using var outputs = model.AllocateOutputs(inputs);
        model.Run(inputs, outputs, cancellation);
        var arrays = TensorRun.ArraysOf(outputs);
        var written = TensorRun.Write(files, arrays);
        return [.. arrays.Select(one => OutputSummary.Of(one.Name, one.Array, written.GetValueOrDefault(one.Name)))];
    }
}
