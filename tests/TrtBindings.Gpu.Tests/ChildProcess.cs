using System.Diagnostics;
using TrtBindings.Gpu.Tests.Faults;

namespace TrtBindings.Gpu.Tests;

/// <summary>Parts of tests that need a process of their own: another TensorRT, or one whose end is the test.</summary>
internal static class ChildProcess
{
    private const int LimitMilliseconds = 60_000;

    /// <summary>What a child does, by name; it writes to its output and returns its exit code.</summary>
    private static readonly Dictionary<string, Func<string[], int>> Tasks = new()
    {
        ["gate"] = VersionGateChild.Run,
        ["missing"] = MissingLibraryChild.Run,
    };

    /// <summary>In the child.</summary>
    public static int Answer(string name, string[] arguments)
    {
        var code = Tasks[name](arguments);
        CallLog.Flush();
        return code;
    }

    /// <summary>In the test: runs a child to its end.</summary>
    /// <returns>Its exit code, and everything it wrote.</returns>
    public static (int Code, string Output) Run(string name, params string[] arguments)
    {
        // Under dotnet test this process is the test host; the program lies beside this assembly.
        var program = Path.Combine(AppContext.BaseDirectory, "TrtBindings.Gpu.Tests");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["child", name, .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(LimitMilliseconds))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The child '{name}' did not end.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
