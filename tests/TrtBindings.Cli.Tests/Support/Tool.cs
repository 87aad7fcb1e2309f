using System.Diagnostics;
using System.Text.Json;

namespace TrtBindings.Cli.Tests;

/// <summary>The built tool, as a process: <c>Tool.Run("inspect", path)</c>.</summary>
internal sealed record Tool(int ExitCode, string Output, string Error)
{
    /// <summary>A published trtb to test in place of the built one, such as one compiled ahead of time.</summary>
    private const string Published = "TRTB_PROGRAM";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Path of the built tool.</summary>
    public static string Path { get; } = FindTool();

    /// <summary>The output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Lines of the output, without the empty ones.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs the tool without a terminal.</summary>
    public static Tool Run(params string[] arguments) => Run([], arguments);

    /// <summary>Runs the tool in another environment; a variable whose value is null is removed.</summary>
    public static Tool Run((string Name, string? Value)[] environment, params string[] arguments)
    {
        var start = StartOf(arguments);
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"trtb {string.Join(' ', arguments)} did not end within {Longest}.");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    /// <summary>How the tool is started, for tests that need the process itself.</summary>
    public static ProcessStartInfo StartOf(params string[] arguments)
    {
        var start = Path.EndsWith(".dll", StringComparison.Ordinal)
            ? new ProcessStartInfo("dotnet", [Path, .. arguments])
            : new ProcessStartInfo(Path, arguments);
        // What the machine of the test sets must not count.
        foreach (var name in (string[])["COLUMNS", "NO_COLOR", "TRTB_TRACE"]) start.Environment.Remove(name);
        return start;
    }

    /// <summary>Fails unless the tool said one line on standard error and nothing of a stack.</summary>
    public void ShouldBeOneLine(int exitCode, string part)
    {
        ExitCode.ShouldBe(exitCode, Output + Error);
        Output.ShouldBe("");
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain(part);
        Error.ShouldStartWith("trtb: ");
        Error.ShouldNotContain("   at ");
    }

    private static string FindTool()
    {
        if (Environment.GetEnvironmentVariable(Published) is { Length: > 0 } published) return published;
        // artifacts/bin/<project>/<configuration>/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar)).Name;
        return System.IO.Path.Combine(
            TestPaths.RepositoryRoot, "artifacts", "bin", "TrtBindings.Cli", configuration, "trtb.dll");
    }
}
