using System.CommandLine;
using System.Globalization;
using TrtBindings.Cli.Building;
using TrtBindings.Cli.Models;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb build</c>: a TensorRT engine in the cache.</summary>
internal sealed class BuildCommand : ToolCommand
{
    private const int MostLevel = 5;

    private readonly Argument<string> _file = new("file") { Description = "An .onnx model." };
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Also copy the engine here, to run it elsewhere with LoadEngine.", HelpName = "FILE",
    };

    private readonly Option<string?> _parity = new("--parity")
    {
        Description = "What to do with an engine that answers otherwise than ONNX Runtime: refuse, warn, or off to not compare.",
        HelpName = "WHAT", DefaultValueFactory = _ => "refuse",
    };

    private readonly Option<string?> _family = Choices.Family(
        "The family whose results are compared too, where the file does not tell it.");

    private readonly Option<int> _search = new("--search-builds")
    {
        Description = "The most further builds to find the layer at which a refused engine strays; 0 for none.",
        HelpName = "N", DefaultValueFactory = _ => new ParityOptions().LayerSearchBuilds,
    };

    private readonly Option<int?> _level = new("--level") { Description = "TensorRT's effort, 0 to 5.", HelpName = "N" };
    private readonly Option<long?> _workspace = new("--workspace")
    {
        Description = "Most scratch memory of a layer, in MiB.", HelpName = "MIB",
    };

    private readonly Option<bool> _refittable = new("--refittable")

    {

        Description = "Weights can be replaced later without a build.",

    };
    private readonly Option<bool> _strip = new("--strip-weights") { Description = "Leave the weights out of the engine's file." };
    private readonly Option<bool> _compatible = new("--version-compatible")
    {
        Description = "Later TensorRT of the same major can run it.",
    };

    private readonly ModelOptionSet _model = new(takesSeveral: false);

    public BuildCommand() : base("build", "Builds the TensorRT engine of a model into the cache, or finds it there.")
    {
        _parity.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Enum.GetNames<ParityPolicy>().Select(Lower)]);
        Arguments.Add(_file);
        foreach (var option in (Option[])
            [_output, _parity, _family, _search, _level, _workspace, _refittable, _strip, _compatible]) Options.Add(option);
        _model.AddTensorRtTo(this);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb build model.onnx", "an engine for a model of fixed sizes, in 32 bits"),
        ("trtb build model.onnx --precision fp16 --profile batch=1..4..16", "16-bit floats, and batches of up to 16"),
        ("trtb build model.onnx --profile images=1x3x640x640:4x3x640x640:8x3x1280x1280",
            "minimum, optimum and maximum as shapes"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var file = arguments.GetRequiredValue(_file);
        if (File.Exists(file) && ModelFile.IsEngine(file))
            throw new UsageException($"'{file}' is an engine: there is nothing to build.");
        var options = OptionsOf(arguments, file);
        // A file that is no model must be said before a folder that is not there.
        CheckProfiles(file, options);
        if (arguments.GetValue(_output) is { } over) WholeFile.RefuseOver(over, file);
        if (arguments.GetValue(_output) is { } target && Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder
            && !Directory.Exists(folder)) throw new UsageException($"There is no folder '{folder}' to write '{target}' to.");
        var built = await screen.WithProgressAsync("Building the engine", progress => Task.Run(
            () => UntypedOnnxModel.BuildEngine(file, options, new BuildSteps(progress), cancellation), CancellationToken.None))
            .ConfigureAwait(false);
        var path = built.Path;
        if (arguments.GetValue(_output) is { } copy)
        {
            WholeFile.WriteNamed(copy, part => File.Copy(built.Path, part));
            path = Path.GetFullPath(copy);
        }

        screen.Show(ReportOf(file, path, built, options), BuildJson.Default.BuildReport, BuildText.Write);
        return built.Parity is { Passed: false, NotCompared: null } ? ExitCode.CheckFailed : ExitCode.Done;
    }

    private static string Lower(string name) => name.ToLowerInvariant();

    private static void CheckProfiles(string file, ModelOptions options)
    {
        var description = ModelSource.FromFile(file).Describe();
        var signature = new ModelSignature(file, description.Inputs, description.Outputs);
        if (signature.InputDimensions.Count == 0 || options.TensorRT.Profiles.Count > 0) return;
        var names = Enumerable.Range(0, signature.InputDimensions.Count).Select(i => ProfileText.NameOf(signature, i));
        throw new UsageException(
            $"The model has dynamic dimensions ({string.Join(", ", names)}), and TensorRT builds for given sizes. "
            + $"Give --profile {string.Join(',', names.Select(name => $"{name}=1..4..16"))} with yours, or shapes: "
                + $"{ProfileText.Form}.");
    }

    private ModelOptions OptionsOf(ParseResult arguments, string file)
    {
        var (level, workspace) = (arguments.GetValue(_level), arguments.GetValue(_workspace));
        if (level is < 0 or > MostLevel) throw new UsageException($"--level is {level}, and the levels are 0 to {MostLevel}.");
        if (arguments.GetValue(_search) is < 0 and var builds)
            throw new UsageException($"--search-builds is {builds}, and must be at least 0.");
        if (workspace is < 1 or > 1 << 30) throw new UsageException($"--workspace is {workspace}, and takes MiB from 1 on.");
        var options = _model.Read(arguments, BackendKind.TensorRT, file);
        options.TensorRT = options.TensorRT with
        {
            OptimizationLevel = level,
            WorkspaceBytes = workspace << 20,
            Refittable = arguments.GetValue(_refittable),
            StripWeights = arguments.GetValue(_strip),
            VersionCompatible = arguments.GetValue(_compatible),
            Parity = new()
            {
                Policy = Enum.Parse<ParityPolicy>(arguments.GetValue(_parity)!, ignoreCase: true),
                Results = new VisionParity(arguments.GetValue(_family)), LayerSearchBuilds = arguments.GetValue(_search),
            },
        };
        return options;
    }

    private static BuildReport ReportOf(string file, string path, BuiltEngine built, ModelOptions options) => new()
    {
        Model = file,
        Engine = path,
        Bytes = built.ByteLength,
        WasBuilt = built.WasBuilt,
        Seconds = built.Duration.TotalSeconds,
        TensorRt = built.TensorRtVersion,
        Gpu = built.GpuName,
        Precision = Precisions.WordOf(options.TensorRT.Precision ?? ModelPrecision.Float32),
        Profiles = [.. options.TensorRT.Profiles.Select(profile => profile.ToString())],
        Parts = built.Times is { } times
            ? new(times.Waiting.TotalSeconds, times.Starting.TotalSeconds, times.Reading.TotalSeconds,
            times.Building.TotalSeconds, times.Comparing.TotalSeconds, times.Storing.TotalSeconds) : null,
        Layers = [.. built.Layers.Select(layer => string.Create(
            CultureInfo.InvariantCulture, $"{layer.Type.OnnxName()} {layer.Share:0%}"))],
        KeptNodes = built.KeptNodes,
        Parity = built.Parity?.ToString().ReplaceLineEndings("; "),
    };
}
