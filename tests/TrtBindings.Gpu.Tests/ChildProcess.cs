using System.Diagnostics;
using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.Faults;
using TrtBindings.Gpu.Tests.Pipeline;

namespace TrtBindings.Gpu.Tests;

/// <summary>Parts of tests that need a process of their own: another TensorRT, or one whose end is the test.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>A build reads 1.4 GB, from a disk that may be slow the first time.</summary>
    public static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(4);

    /// <summary>What a child does, by name; it writes to its output and returns its exit code.</summary>
    private static readonly Dictionary<string, Func<string[], int>> Tasks = new()
    {
        ["build"] = BuildChild.Run,
        ["capture"] = BareCaptureChild.Run,
        ["fault"] = KernelFaultChild.Run,
        ["gate"] = VersionGateChild.Run,
        ["kernels"] = KernelLoadChild.Run,
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
    public static (int Code, string Output) Run(string name, params string[] arguments) => Run(name, [], Limit, arguments);

    /// <summary>The same with changes to the environment, and another limit of its time.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="environment">Variables to set; <see langword="null"/> removes one.</param>
    /// <param name="limit">The most time that it may take.</param>
    /// <param name="arguments">Its arguments.</param>
    public static (int Code, string Output) Run(
        string name, Dictionary<string, string?> environment, TimeSpan limit, params string[] arguments)
    {
        // Under dotnet test this process is the test host; the program lies beside this assembly.
        var program = Path.Combine(AppContext.BaseDirectory, "TrtBindings.Gpu.Tests");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["child", name, .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The child '{name}' did not end.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
