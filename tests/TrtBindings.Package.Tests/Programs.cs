using System.Diagnostics;

namespace TrtBindings.Package.Tests;

/// <summary>Runs programs that were built or published.</summary>
internal static class Programs
{
    /// <summary>Runs a program without arguments. It must end with 0 and print nothing as an error.</summary>
    /// <returns>What it printed.</returns>
    public static string Succeed(string path)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        (process.ExitCode, errors.Result).ShouldBe((0, ""), output);
        return output;
    }

    /// <summary>True if a program of that name is on the path.</summary>
    public static bool Exist(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
