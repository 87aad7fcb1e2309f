using System.CommandLine;
using Spectre.Console;
using TrtBindings.Cli.Caches;
using TrtBindings.Cli.Models;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb cache why</c>: why a model would be built again.</summary>
internal sealed class CacheWhyCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "The .onnx model." };
    private readonly ModelOptionSet _options = new(takesSeveral: false);

    public CacheWhyCommand() : base("why", "Says why a model's engine would be built, or that the cache has it.")
    {
        Arguments.Add(_model);
        _options.AddTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb cache why model.onnx --profile batch=1..4..8",
            "what differs from the engine that was built before; exits with 1 if a "
            + "build is needed"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var model = Path.GetFullPath(arguments.GetRequiredValue(_model));
        ModelSource.FromFile(model).Describe();
        var why = EngineCaches.WhyBuild(model, _options.Read(arguments, BackendKind.TensorRT, model), cancellation);
        screen.Show(new(model, why is null, why ?? ""), CacheJson.Default.CacheWhyReport,
            (report, console) => console.WriteLine(report.Cached ? "The cache has the engine." : report.Why + "."));
        return Task.FromResult(why is null ? ExitCode.Done : ExitCode.CheckFailed);
    }
}
