using System.CommandLine;
using TrtBindings.Cli.Doctor;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb doctor</c>: whether models run on this machine, and what mends it.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    /// <summary>Another root of the file system for what /proc, /sys and /dev say: for tests.</summary>
    private const string RootVariable = "TRTB_DOCTOR_ROOT";

    private const int LongestSeconds = 86_400;

    private static readonly Dictionary<string, BackendKind> Backends = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tensorrt"] = BackendKind.TensorRT, ["cuda"] = BackendKind.OnnxRuntimeCuda, ["cpu"] = BackendKind.OnnxRuntimeCpu,
    };

    private readonly Argument<string?> _model = new("model")
    {
        Description = "A model to say the backend of, and why it gets no faster one.", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _tensorRt = new("--tensorrt")
    {
        Description = "The TensorRT to check: libnvinfer, or its folder.", HelpName = "PATH",
    };

    private readonly Option<string?> _onnxRuntime = new("--onnxruntime")
    {
        Description = "The ONNX Runtime to check: the library, or the folder of an application that has it.", HelpName = "PATH",
    };

    private readonly Option<string[]> _require = new("--require")
    {
        Description = "Exit with 1 unless this backend works: tensorrt, cuda or cpu. Can be given several times.",
    };

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "Seconds that each process that touches a library may take.", DefaultValueFactory = _ => 120,
        HelpName = "SECONDS",
    };

    public DoctorCommand() : base("doctor",
        "Says whether models run on this machine, what is missing, and the command that mends it.")
    {
        _require.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, [.. Backends.Keys]);
        Arguments.Add(_model);
        foreach (var option in (Option[])[_tensorRt, _onnxRuntime, _require, _timeout]) Options.Add(option);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb doctor", "driver, CUDA, cuDNN, TensorRT, ONNX Runtime; a convolution on each backend; cures"),
        ("trtb doctor model.onnx", "also which backend this model gets, and why no faster one"),
        ("trtb doctor --onnxruntime bin/Release/net10.0", "with the ONNX Runtime of an application"),
        ("trtb doctor --require tensorrt", "exits with 1 unless TensorRT works: for a deployment script"),
    ];

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var model = arguments.GetValue(_model);
        // What is wrong with the file is wrong on every machine.
        if (model is not null) ModelSource.FromFile(model).Describe();
        if (arguments.GetValue(_tensorRt) is { } folder && !Path.Exists(folder))
            throw new UsageException($"--tensorrt is '{folder}', and there is no such file or folder.");
        if (arguments.GetValue(_timeout) is var timeout and (< 1 or > LongestSeconds))
            throw new UsageException($"--timeout is {timeout}, and takes seconds from 1 to {LongestSeconds}.");
        var request = new DoctorRequest(
            model is null ? null : Path.GetFullPath(model),
            arguments.GetValue(_tensorRt) is { } tensorRt ? Path.GetFullPath(tensorRt) : null,
            arguments.GetValue(_onnxRuntime) is { } onnxRuntime ? LibraryIn(Path.GetFullPath(onnxRuntime)) : null,
            [.. (arguments.GetValue(_require) ?? []).Select(name => Backends[name])],
            Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } root ? root : "/");
        var children = new Children(TimeSpan.FromSeconds(arguments.GetValue(_timeout)), cancellation);
        var report = await screen.WithProgressAsync("Examining",
            progress => new Examination(request, children, progress, cancellation).RunAsync()).ConfigureAwait(false);
        screen.Show(report, DoctorJson.Default.DoctorReport, DoctorText.Write);
        return report.Healthy ? ExitCode.Done : ExitCode.CheckFailed;
    }

    private static string LibraryIn(string path)
    {
        if (File.Exists(path)) return path;
        var native = Path.Combine(path, "runtimes", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier,
            "native");
        string[] names = ["libonnxruntime.so", "libonnxruntime.so.1", "onnxruntime.dll", "libonnxruntime.dylib"];
        return new[] { path, native }.SelectMany(folder => names, Path.Combine).FirstOrDefault(File.Exists)
            ?? throw new UsageException($"There is no ONNX Runtime library at '{path}', nor in that folder. Name the file, or "
                + $"the "
                + "folder of an application that was built or published.");
    }
}
