using System.Diagnostics;
using System.Globalization;

namespace TrtBindings.Benchmarks;

/// <summary>Starts this program again, for a figure that needs a process of its own.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a measurement in a new process and returns the numbers that it prints, one a line.</summary>
    /// <exception cref="InvalidOperationException">The process failed. The message has its output.</exception>
    public static double[] Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{arguments[0]} exited with {process.ExitCode}: {output}");
        return Array.ConvertAll(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            line => double.Parse(line, CultureInfo.InvariantCulture));
    }

    /// <summary>Prints the numbers for <see cref="Run"/>.</summary>
    public static void Answer(params double[] numbers)
    {
        foreach (var number in numbers) Console.WriteLine(number.ToString("R", CultureInfo.InvariantCulture));
    }
}
