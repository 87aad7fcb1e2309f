using System.CommandLine;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb inspect</c>: what a file is.</summary>
internal sealed class InspectCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "An .onnx model, or a TensorRT engine." };

    public InspectCommand() : base("inspect", "Says what a model or an engine is, and what TensorRT will refuse in it.")
    {
        Arguments.Add(_file);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb inspect model.onnx", "signature, operators, weights, family, and what TensorRT 10 and 11 refuse"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var description = ModelSource.FromFile(arguments.GetRequiredValue(_file)).Describe();
        foreach (var input in description.Inputs) screen.Note(input.ToString());
        return Task.FromResult(ExitCode.Done);
    }
}
