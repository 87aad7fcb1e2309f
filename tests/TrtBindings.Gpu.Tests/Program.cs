using System.Globalization;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Running;

namespace TrtBindings.Gpu.Tests;

/// <summary>The tests as a program, for a machine without the SDK.</summary>
internal static class Program
{
    private const string Usage = """
        run FOLDER [--limit SECONDS] [--total SECONDS] [PART-OF-A-NAME ...]
            runs the tests whose names contain a part, and writes into FOLDER what came of them; a test may do nothing for
            the limit (120 s), and all of them may take the total (no limit)
        list [PART-OF-A-NAME ...]
            their names
        """;

    private static int Main(string[] arguments)
    {
        if (EngineProbe.TryRunChild(arguments, out var exitCode)) return exitCode;
        switch (arguments)
        {
            case ["run", var folder, .. var rest]:
                return Run(folder, rest);
            case ["worker", var journal, .. var filters]:
                CallLog.Start();
                return Worker.Run(new(journal), filters);
            case ["list", .. var filters]:
                foreach (var name in Worker.List(filters)) Console.WriteLine(name);
                return 0;
            case ["child", var name, .. var rest]:
                CallLog.Start();
                return ChildProcess.Answer(name, rest);
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int Run(string folder, string[] rest)
    {
        var (limit, total) = (TimeSpan.FromSeconds(120), TimeSpan.MaxValue);
        if (rest is ["--limit", var idle, ..]) (limit, rest) = (Seconds(idle), rest[2..]);
        if (rest is ["--total", var all, ..]) (total, rest) = (Seconds(all), rest[2..]);
        Directory.CreateDirectory(folder);
        var figures = Path.Combine(Path.GetFullPath(folder), "figures.jsonl");
        File.Delete(figures);
        Environment.SetEnvironmentVariable(FigureLog.VariableName, figures);
        var calls = Path.Combine(Path.GetFullPath(folder), "calls.tsv");
        File.Delete(calls);
        Environment.SetEnvironmentVariable(CallLog.VariableName, calls);
        var outcomes = new Supervisor(folder, rest, limit, total).Run();
        Results.Write(folder, outcomes, figures, calls);
        int Count(string state) => outcomes.Count(outcome => outcome.State == state);
        Console.WriteLine($"{Count("passed")} passed, {Count("failed")} failed, {Count("skipped")} skipped");
        return Count("failed") == 0 && outcomes.Count > 0 ? 0 : 1;

        static TimeSpan Seconds(string text) => TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture));
    }
}
