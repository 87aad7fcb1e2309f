using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TrtBindings.Cli.Doctor;

/// <summary>
/// Starts this program again for each library that is touched, so that a crash is a line in the report. The child's work is in
/// <see cref="ChildWork"/>.
/// </summary>
internal sealed class Children(TimeSpan timeout, CancellationToken cancellation)
{
    /// <summary>The first argument of a child. No command line of a user begins with it.</summary>
    public const string Mark = "--trtb-doctor-child";

    private const int ShownOfErrors = 160;

    /// <summary>Has a child do one thing.</summary>
    /// <returns>Its answer; one that says how it ended if it gave none.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public async Task<ChildAnswer> AskAsync(string work, params IEnumerable<string> arguments)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using var process = Start([Mark, work, .. arguments]);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return ChildAnswer.Find(await output.ConfigureAwait(false))
                ?? Failed(HowItEnded(process.ExitCode), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellation.ThrowIfCancellationRequested();
            return Failed(string.Create(
                CultureInfo.InvariantCulture, $"it did not end within {timeout.TotalSeconds:0.#} s, and was ended"), "");
        }
    }

    private static ChildAnswer Failed(string how, string errors)
    {
        var said = string.Join(' ', errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var last = said.Length == 0 ? "" : $" It said: {said[^Math.Min(said.Length, ShownOfErrors)..]}";
        return new() { Works = false, Text = $"the process that touched it: {how}.{last}" };
    }

    private static string HowItEnded(int exitCode) => exitCode switch
    {
        134 => "it crashed (SIGABRT)",
        135 => "it crashed (SIGBUS)",
        136 => "it crashed (SIGFPE)",
        137 => "it was killed (SIGKILL), as the system does where memory runs out",
        139 => "it crashed (SIGSEGV)",
        _ => string.Create(CultureInfo.InvariantCulture, $"it ended with code {exitCode} and without an answer"),
    };

    private static Process Start(IEnumerable<string> arguments)
    {
        var path = Environment.ProcessPath
            ?? throw new InvalidOperationException("The system does not say which program this process runs.");
        // As `dotnet trtb.dll`, the program is the first argument.
        IEnumerable<string> program = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Environment.GetCommandLineArgs()[0]]
            : [];
        return Process.Start(new ProcessStartInfo(path, [.. program, .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
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
}
