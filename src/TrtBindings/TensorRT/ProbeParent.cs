using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT;

/// <summary>The part of a probe that runs in the application: starts the probe process and reads its answer.</summary>
internal static class ProbeParent
{
    private const int ShownOfErrors = 120;

    /// <summary>Starts a program with a request and waits for the answer.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">The program's own arguments, which come before the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The process is killed after this time.</param>
    /// <param name="cancellation">Kills the process at once.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<ProbeAnswer> Ask(string program, IReadOnlyList<string> arguments, ProbeRequest request,
        TimeSpan timeout, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using var process = Start(program, [.. arguments, .. request.ToArguments()], out var problem);
        if (process is null) return Crash($"The probe program '{program}' cannot be started: {problem}");
        // A program that is not a probe must not wait for input.
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return Read(program, process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellation.ThrowIfCancellationRequested();
            return Crash($"the process that opened it did not answer within {timeout.TotalSeconds:0.#} s and was ended");
        }
    }

    private static ProbeAnswer Read(string program, int exitCode, string output, string errors)
    {
        if (ProbeAnswer.Find(output) is { } answer && (exitCode == 0 || answer.Outcome != ProbeOutcome.Works)) return answer;
        var text = errors.Trim();
        var said = text.Length == 0 ? "" : $" It said: {OneLine.Of(text[^Math.Min(text.Length, ShownOfErrors)..])}";
        return exitCode == 0
            ? Crash($"'{program}' is no probe program: it ended without an answer. Its Main must begin with "
                + "EngineProbe.TryRunChild(args, out var exitCode).")
            : Crash($"the process that opened it crashed ({Name(exitCode)}).{said}");
    }

    private static Process? Start(string program, IEnumerable<string> arguments, out string problem)
    {
        problem = "";
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            });
        }
        catch (Exception e) when (e is Win32Exception or FileNotFoundException)
        {
            problem = e.Message;
            return null;
        }
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has already ended.
        }
    }

    private static ProbeAnswer Crash(string why) => new(ProbeOutcome.Crashed, why, "", "", []);

    private static string Name(int exitCode) => exitCode switch
    {
        134 => "SIGABRT",
        135 => "SIGBUS",
        136 => "SIGFPE",
        137 => "SIGKILL",
        139 => "SIGSEGV",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}"),
    };
}
