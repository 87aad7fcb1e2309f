using System.CommandLine;
using TrtBindings.Cli.Inspect;
using TrtBindings.Generators.Input;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb inspect</c>: what a file is.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "An .onnx model, or a TensorRT engine." };

    private readonly Option<bool> _code = new("--code")
    {
        Description = "Write the C# class that a project gets for the model, and nothing else.",
    };

    private readonly Option<string> _namespace = new("--namespace")
    {
        Description = "Namespace of the class.", DefaultValueFactory = _ => "Models", HelpName = "NAME",
    };

    private readonly Option<string?> _name = new("--name")
    {
        Description = "Name of the class, as TrtName gives it.", HelpName = "NAME",
    };

    private readonly Option<string?> _family = Choices.Family("Judge the model as one of this family, as TrtTask does.");

    private readonly Option<string?> _precision = new("--precision")
    {
        Description = "Judge a build in this precision, as TrtPrecision asks for it.",
    };

    private readonly Option<bool> _open = new("--open")
    {
        Description = "Open an engine with this machine's TensorRT, in another process, and list its tensors. An engine is code: "
            + "open only what you trust.",
    };

    public InspectCommand() : base("inspect", "Says what a model or an engine is, and what TensorRT 10 and 11 will refuse in it.")
    {
        _precision.AcceptOnlyFromAmong(ItemWords.Precisions);
        Arguments.Add(_file);
        foreach (var option in (Option[])[_code, _namespace, _name, _family, _precision, _open]) Options.Add(option);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb inspect model.onnx", "signature, operators, weights, family and why, and what TensorRT refuses"),
        ("trtb inspect model.onnx --code > Model.cs", "the class that a project gets for the model"),
        ("trtb inspect model.onnx --json", "the same as one JSON object"),
        ("trtb inspect best.engine --open", "an engine's header, and its tensors as TensorRT sees them"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(arguments.GetRequiredValue(_file));
        var wantsCode = arguments.GetValue(_code);
        if (FileKind.IsEngine(path))
        {
            if (wantsCode) throw new UsageException($"'{path}' is an engine. Only an .onnx model has a class.");
            var engine = await EngineInspection.OfAsync(path, arguments.GetValue(_open), cancellation).ConfigureAwait(false);
            screen.Show(engine, InspectJson.Default.EngineReport, InspectText.Write);
            return ExitCode.Done;
        }

        var item = ItemMetadata.Empty with
        {
            Name = arguments.GetValue(_name) ?? "",
            Task = arguments.GetValue(_family) ?? "",
            Precision = arguments.GetValue(_precision) ?? "",
        };
        var report = ModelInspection.Of(path, item, arguments.GetValue(_namespace) ?? "");
        if (wantsCode) return WriteCode(report, screen);
        report.Code = null;
        screen.Show(report, InspectJson.Default.ModelReport, InspectText.Write);
        return ExitCode.Done;
    }

    private static int WriteCode(ModelReport report, Screen screen)
    {
        if (report.Code is null)
        {
            throw new UsageException($"'{report.File}' gets no class: "
                + string.Join(' ', report.Diagnostics.Where(one => one.Severity == "error").Select(one => one.Message)));
        }

        screen.Show(report, InspectJson.Default.ModelReport, (one, _) => screen.Write(one.Code!));
        return ExitCode.Done;
    }
}
