using System.CommandLine;
using TrtBindings.Cli.Caches;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb cache why</c>: why a model would be built again.</summary>
internal sealed class CacheWhyCommand : ToolCommand
{
    private static readonly Dictionary<string, ModelPrecision> _precisions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["fp32"] = ModelPrecision.Float32, ["fp16"] = ModelPrecision.Float16, ["bf16"] = ModelPrecision.BFloat16,
        ["model"] = ModelPrecision.AsInModel,
    };

    private readonly Argument<string> _model = new("model") { Description = "The .onnx model." };
    private readonly Option<string?> _folder = Choices.CacheFolder();
    private readonly Option<string?> _precision = new("--precision") { Description = "The precision that it is built in." };

    private readonly Option<string[]> _profile = new("--profile")
    {
        Description = "A range of a dynamic dimension, as 'batch=1..8' or 'batch=1..4..8' (smallest, usual, largest).",
    };

    public CacheWhyCommand() : base("why", "Says why a model's engine would be built, or that the cache has it.")
    {
        _precision.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. _precisions.Keys]);
        Arguments.Add(_model);
        foreach (var option in (Option[])[_folder, _precision, _profile]) Options.Add(option);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb cache why model.onnx --profile batch=1..8", "what differs from the engine that was built before; exits with 1 if a "
            + "build is needed"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var model = Path.GetFullPath(arguments.GetRequiredValue(_model));
        ModelSource.FromFile(model).Describe();
        var profile = arguments.GetValue(_profile) ?? [];
        var options = new ModelOptions
        {
            TensorRT = new()
            {
                CacheFolder = arguments.GetValue(_folder),
                Precision = arguments.GetValue(_precision) is { } precision ? _precisions[precision] : null,
                Profiles = profile.Length == 0 ? [] : [Choices.Profile(profile)],
            },
        };
        var why = EngineCaches.WhyBuild(model, options, cancellation);
        screen.Show(new(model, why is null, why ?? ""), CacheJson.Default.CacheWhyReport,
            (report, console) => console.WriteLine(report.Cached ? "The cache has the engine." : report.Why + "."));
        return Task.FromResult(why is null ? ExitCode.Done : ExitCode.CheckFailed);
    }
}
