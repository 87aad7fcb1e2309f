using TrtBindings.TensorRT;

namespace TrtBindings;

/// <summary>
/// Opens an engine of unknown origin, or a TensorRT of an unknown version, in a separate process first. A damaged engine, or a
/// library with other vtables, crashes that process and not this one. This guards against accidents, not against malice: the
/// process has this user's rights, and an engine is code.
/// </summary>
/// <remarks>
/// The process runs a program whose Main begins with <see cref="TryRunChild"/>. That can be this program:
/// <code>
/// static async Task&lt;int&gt; Main(string[] args)
/// {
///     if (EngineProbe.TryRunChild(args, out var exitCode)) return exitCode;
///     await EngineProbe.CheckAsync("from-a-customer.engine");
///     …
/// }
/// </code>
/// If Main is not yours (in a service host or a plug-in), ship a console program with these lines and name it in
/// <see cref="EngineProbeOptions.Program"/>.
/// </remarks>
public static class EngineProbe
{
    /// <summary>Main of this program calls TryRunChild, so starting it again does not start the application twice.</summary>
    private static volatile bool _isProbeProgram;

    /// <summary>Runs the probe if this process was started as one. Call it first in Main.</summary>
    /// <param name="args">The arguments of Main.</param>
    /// <param name="exitCode">The exit code for Main to return.</param>
    /// <returns><see langword="true"/> if this is a probe process. Main must then return.</returns>
    public static bool TryRunChild(string[] args, out int exitCode)
    {
        ArgumentNullException.ThrowIfNull(args);
        exitCode = 0;
        _isProbeProgram = true;
        if (ProbeRequest.Parse(args) is not { } request) return false;
        var answer = ProbeChild.Run(request);
        // RS0030: this process exists to answer its parent, which reads the line from its standard output.
#pragma warning disable RS0030
        Console.Out.WriteLine(answer.ToLine());
        Console.Out.Flush();
#pragma warning restore RS0030
        exitCode = answer.Outcome == ProbeOutcome.Works ? 0 : 1;
        return true;
    }

    /// <summary>Opens an engine in a probe process and creates an execution context. Runs nothing.</summary>
    /// <param name="engineFile">Path of the engine.</param>
    /// <param name="options">The options that the engine will be loaded with: TensorRT, GPU and plug-ins count.</param>
    /// <param name="probe">The program to start, and the time that it may take.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <exception cref="EngineFileException">
    /// TensorRT does not open the engine, or the process crashed or hung. Do not load this engine.
    /// </exception>
    /// <exception cref="NativeLibraryException">
    /// TensorRT or the CUDA driver is missing, so nothing is known about the engine.
    /// </exception>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">No program is named, and this one is not a probe program.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<EngineProbeReport> CheckAsync(string engineFile, ModelOptions? options = null,
        EngineProbeOptions? probe = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(engineFile);
        var path = Path.GetFullPath(engineFile);
        var answer = await Ask(path, (options ?? new()).Snapshot(), (probe ?? new()).Snapshot(), cancellationToken)
            .ConfigureAwait(false);
        return answer.Outcome switch
        {
            ProbeOutcome.Works => new(answer.Version, answer.Gpu, answer.Lines),
            ProbeOutcome.EngineRefused => throw new EngineFileException(path, answer.Text),
            ProbeOutcome.NoTensorRt => throw new NativeLibraryException("nvinfer", answer.Text, []),
            _ => throw new EngineFileException(path,
                $"The engine '{path}' was not opened: {answer.Text}. Do not load it into this process; build it again."),
        };
    }

    /// <summary>
    /// Loads TensorRT in a probe process and makes calls with known results. Use it before the first contact with a TensorRT that
    /// is newer than this library.
    /// </summary>
    /// <param name="options">The TensorRT, the GPU and the plug-ins to use.</param>
    /// <param name="probe">The program to start, and the time that it may take.</param>
    /// <param name="cancellationToken">Kills the process.</param>
    /// <exception cref="NativeLibraryException">TensorRT is missing, gives wrong results, or crashed or hung.</exception>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    /// <exception cref="InvalidOperationException">No program is named, and this one is not a probe program.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<EngineProbeReport> CheckTensorRtAsync(ModelOptions? options = null, EngineProbeOptions? probe = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await Ask(null, (options ?? new()).Snapshot(), (probe ?? new()).Snapshot(), cancellationToken)
            .ConfigureAwait(false);
        return answer.Outcome switch
        {
            ProbeOutcome.Works => new(answer.Version, answer.Gpu, []) { BuildProblem = answer.Text },
            ProbeOutcome.Crashed => throw new NativeLibraryException("nvinfer", "TensorRT cannot be used here: "
                + $"{answer.Text}. Use another version of it, or update TrtBindings.", []),
            _ => throw new NativeLibraryException("nvinfer", answer.Text, []),
        };
    }

    private static Task<ProbeAnswer> Ask(
        string? engine, ModelOptions options, EngineProbeOptions probe, CancellationToken cancellationToken)
    {
        var (program, arguments) = probe.Program is { } named ? (named, [.. probe.Arguments]) : ThisProgram();
        var request = new ProbeRequest(engine, options);
        return ProbeParent.Ask(program, arguments, request, probe.Timeout, cancellationToken);
    }

    private static (string Program, IReadOnlyList<string> Arguments) ThisProgram()
    {
        if (!_isProbeProgram || Environment.ProcessPath is not { } path)
            throw new InvalidOperationException("There is no program to probe with. Begin Main with "
                + "EngineProbe.TryRunChild(args, out var exitCode), or name one that does in EngineProbeOptions.Program.");
        // If it was started through the dotnet command, the program is the first argument.
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? (path, [Environment.GetCommandLineArgs()[0]]) : (path, []);
    }
}

/// <summary>The findings of a probe process.</summary>
/// <param name="TensorRtVersion">TensorRT's version.</param>
/// <param name="GpuName">The GPU's name.</param>
/// <param name="Tensors">
/// The engine's inputs and outputs, for example <c>Input x: Float [-1, 3]</c>; empty without an engine.
/// </param>
public sealed record EngineProbeReport(string TensorRtVersion, string GpuName, IReadOnlyList<string> Tensors)
{
    /// <summary>
    /// Why this machine cannot build engines with that TensorRT: no builder could be made, or the ONNX parser is missing. Empty
    /// if
    /// it can, or if an engine was opened and building was not asked about.
    /// </summary>
    public string BuildProblem { get; init; } = "";
}
