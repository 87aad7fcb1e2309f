using System.Diagnostics;

namespace TrtBindings.Generators.Tests;

/// <summary>Runs the SDK as a user does, in a process of its own.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command and gives its exit code and everything it printed.</summary>
    public static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // What the build that runs this test has set up for itself is not for another build.
        var inherited = start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase));
        foreach (var name in inherited.ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A node that stays would keep the build task's file open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // Every command of the SDK leaves two empty folders in the temporary one. A compiler server would outlive that.
        using var temporary = new ModelFolder();
        foreach (var name in (string[])["TMPDIR", "TMP", "TEMP"]) start.Environment[name] = temporary.Path;
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end: {output.Result}");
        }

        return (process.ExitCode, output.Result + error.Result);
    }

    /// <summary>As <see cref="Run"/>; the command must succeed.</summary>
    public static string Succeed(string folder, params string[] arguments)
    {
        var (exitCode, output) = Run(folder, arguments);
        exitCode.ShouldBe(0, output);
        return output;
    }
}
