using System.Diagnostics;

namespace TrtBindings.Generators.Tests;

/// <summary>Runs the dotnet command.</summary>
internal static class DotNet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command and returns its exit code and output.</summary>
    public static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // Variables that MSBuild sets for the build that runs this test must not reach another build.
        var inherited = start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase));
        foreach (var name in inherited.ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A build node that stays alive would keep the build task's file open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // Each command leaves two empty folders in the temporary folder. A compiler server would outlive its own.
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

    /// <summary>Like <see cref="Run"/>, and the command must succeed.</summary>
    public static string Succeed(string folder, params string[] arguments)
    {
        var (exitCode, output) = Run(folder, arguments);
        exitCode.ShouldBe(0, output);
        return output;
    }
}
