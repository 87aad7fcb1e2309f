using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Probing;

namespace TrtBindings;

/// <summary>
/// Opens an engine of unknown origin, or a TensorRT of an unknown version, in a process of its own first: one that is damaged,
/// or whose tables differ, ends that process and not this one. It guards against accidents, not against malice: the process
/// has this user's rights, and an engine is code.
/// </summary>
/// <remarks>
/// The process is a program that begins with <see cref="TryRunChild"/>. This program itself will do, if it does so:
/// <code>
/// static async Task&lt;int&gt; Main(string[] args)
/// {
///     if (EngineProbe.TryRunChild(args, out var exitCode)) return exitCode;
///     await EngineProbe.CheckAsync("from-a-customer.engine");
///     …
/// }
/// </code>
/// Where Main is not yours (a service's host, a plug-in), ship a console program of these lines and name it in
/// <see cref="EngineProbeOptions.Program"/>.
/// </remarks>
public static class EngineProbe
{
    /// <summary>Whether Main of this program has asked, so that starting it again does not start the application twice.</summary>
    private static volatile bool _isProbeProgram;

    /// <summary>Does a probe's work if this process was started as one. To be called first in Main.</summary>
    /// <param name="args">The arguments of Main.</param>
    /// <param name="exitCode">What Main returns then.</param>
    /// <returns>Whether it was; Main ends then.</returns>
    public static bool TryRunChild(string[] args, out int exitCode)
    {
        ArgumentNullException.ThrowIfNull(args);
        exitCode = 0;
        _isProbeProgram = true;
        if (ProbeRequest.Parse(args) is not { } request) return false;
        var answer = ProbeChild.Run(request);
        Console.Out.WriteLine(answer.ToLine());
        Console.Out.Flush();
        exitCode = answer.Outcome == ProbeOutcome.Works ? 0 : 1;
        return true;
    }

    /// <summary>Opens an engine in a probe process, and makes an execution context of it; nothing is run.</summary>
    /// <param name="engineFile">The engine.</param>
    /// <param name="options">Which TensorRT, GPU and plug-ins; those that the engine will be loaded with.</param>
    /// <param name="probe">Which program, and how long it may take.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="EngineFileException">
    /// TensorRT does not open the engine, or the process crashed or hung: do not load it.
    /// </exception>
    /// <exception cref="NativeLibraryException">
    /// TensorRT or the CUDA driver is missing: nothing is known of the engine.
    /// </exception>
    /// <exception cref="InvalidOperationException">No program is named, and this one is none.</exception>
    /// <exception cref="OperationCanceledException">The process was ended.</exception>
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
    /// Loads TensorRT in a probe process and makes calls of known answers: for the first contact with a version that is newer
    /// than this library.
    /// </summary>
    /// <param name="options">Which TensorRT, GPU and plug-ins.</param>
    /// <param name="probe">Which program, and how long it may take.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="NativeLibraryException">It is missing, gives wrong answers, or the process crashed or hung.</exception>
    /// <exception cref="InvalidOperationException">No program is named, and this one is none.</exception>
    /// <exception cref="OperationCanceledException">The process was ended.</exception>
    public static async Task<EngineProbeReport> CheckTensorRtAsync(ModelOptions? options = null, EngineProbeOptions? probe = null,
        CancellationToken cancellationToken = default)
    {
        var answer = await Ask(null, (options ?? new()).Snapshot(), (probe ?? new()).Snapshot(), cancellationToken)
            .ConfigureAwait(false);
        return answer.Outcome switch
        {
            ProbeOutcome.Works => new(answer.Version, answer.Gpu, []),
            ProbeOutcome.Crashed => throw new NativeLibraryException("nvinfer", "TensorRT cannot be used here: "
                + $"{answer.Text}. Use another version of it, or update TrtBindings.", []),
            _ => throw new NativeLibraryException("nvinfer", answer.Text, []),
        };
    }

    private static Task<ProbeAnswer> Ask(
        string? engine, ModelOptions options, EngineProbeOptions probe, CancellationToken cancellationToken)
    {
        var (program, arguments) = probe.Program is { } named ? (named, [.. probe.Arguments]) : ThisProgram();
        var request = new ProbeRequest(engine, TensorRtSettings.Host(options), options.TensorRT.VersionCompatible);
        return ProbeParent.Ask(program, arguments, request, probe.Timeout, cancellationToken);
    }

    private static (string Program, IReadOnlyList<string> Arguments) ThisProgram()
    {
        if (!_isProbeProgram || Environment.ProcessPath is not { } path)
            throw new InvalidOperationException("There is no program to probe with. Begin Main with "
                + "EngineProbe.TryRunChild(args, out var exitCode), or name one that does in EngineProbeOptions.Program.");
        // Started through the dotnet command, the program is that command's first argument.
        return Path.GetFileNameWithoutExtension(path) == "dotnet" ? (path, [Environment.GetCommandLineArgs()[0]]) : (path, []);
    }
}
