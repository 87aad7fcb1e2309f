using TrtBindings.Vision;

namespace TrtBindings.Cli.Output;

/// <summary>The one place where an exception becomes a line and an exit code.</summary>
internal static class Failures
{
    /// <summary>Set to anything, faults are written with their stack, for a report.</summary>
    private const string Trace = "TRTB_TRACE";

    /// <summary>The line for people, and the exit code.</summary>
    public static (string Line, int ExitCode) Of(Exception exception)
    {
        var exitCode = CodeOf(exception);
        var line = exitCode switch
        {
            ExitCode.Cancelled => "Cancelled.",
            ExitCode.Fault => $"This is a fault of trtb: {exception.GetType().Name}: {exception.Message}",
            _ => exception.Message,
        };
        if (Environment.GetEnvironmentVariable(Trace) is { Length: > 0 }) return ($"{line}\n{exception}", exitCode);
        return (OneLine(line), exitCode);
    }

    private static int CodeOf(Exception exception) => exception switch
    {
        OperationCanceledException => ExitCode.Cancelled,
        UsageException or ModelFileException or EngineFileException or ModelOptionException or TensorException
            or SignatureMismatchException or ModelFamilyException or ImageException or CalibrationTableException
            or ModelConversionException
            => ExitCode.BadInput,
        EngineParityException => ExitCode.CheckFailed,
        TrtBindingsException => ExitCode.CannotHere,
        IOException or UnauthorizedAccessException => ExitCode.BadInput,
        _ => ExitCode.Fault,
    };

    /// <summary>Messages of native libraries have line ends; scripts want one line.</summary>
    private static string OneLine(string text) => string.Join(' ', text.Split(
        ['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
