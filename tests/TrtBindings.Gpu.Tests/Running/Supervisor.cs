using System.Diagnostics;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>
/// Runs the tests in a process of its own, and another one for the rest when a native library brings that down or a test
/// does not end: one bad test costs one failure and not the run.
/// </summary>
/// <param name="folder">Where it writes.</param>
/// <param name="filters">Parts of the names of tests to run; none for all.</param>
/// <param name="limit">How long a test may do nothing.</param>
/// <param name="total">How long all of it may take; what was not run by then is left out.</param>
internal sealed class Supervisor(string folder, IReadOnlyList<string> filters, TimeSpan limit, TimeSpan total)
{
    private const int PollMilliseconds = 100;
    private const int MostRestarts = 40;
    private const int TailLines = 30;
    private const int PrintedLines = 8;

    private readonly string _journalPath = Path.Combine(folder, "journal.jsonl");
    private readonly string _logPath = Path.Combine(folder, "worker.log");
    private readonly Stopwatch _total = Stopwatch.StartNew();
    private int _printed;

    /// <summary>Runs them, prints a line for each, and returns how they ended.</summary>
    public IReadOnlyList<TestOutcome> Run()
    {
        Directory.CreateDirectory(folder);
        File.Delete(_journalPath);
        File.Delete(_logPath);
        var journal = new Journal(_journalPath);
        for (var start = 0; start < MostRestarts; start++)
        {
            var how = RunWorker(journal);
            PrintNew(journal);
            if (how is null || _total.Elapsed > total) break;
            if (journal.Unfinished() is not { } test)
            {
                // Between two tests, or while it shut down: nothing to hold against a test, but not to be hidden.
                journal.Write(new($"(the process, start {start + 1})", "failed", 0, $"{how}\n{Tail()}"));
                PrintNew(journal);
                if (how.StartsWith("the process ended", StringComparison.Ordinal) && start > 0) break;
                continue;
            }

            journal.Write(new(test, "failed", 0, $"{how} in this test\n{Tail()}"));
            PrintNew(journal);
        }

        return journal.Ended();
    }

    /// <summary>One process.</summary>
    /// <returns><see langword="null"/> if it ended well, or how it ended.</returns>
    private string? RunWorker(Journal journal)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("worker");
        start.ArgumentList.Add(_journalPath);
        foreach (var filter in filters) start.ArgumentList.Add(filter);
        using var process = Process.Start(start)!;
        using var log = new StreamWriter(_logPath, append: true) { AutoFlush = true };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        var seen = journal.Read().Count;
        var since = Stopwatch.StartNew();
        while (!process.WaitForExit(PollMilliseconds))
        {
            PrintNew(journal);
            if (journal.Read().Count is var count && count != seen)
            {
                seen = count;
                since.Restart();
            }

            var late = _total.Elapsed > total;
            if (since.Elapsed < limit && !late) continue;
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return late ? "there was no time left" : $"nothing happened for {limit.TotalSeconds:F0} s";
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"the process ended with code {process.ExitCode}";

        void Log(string? line)
        {
            if (line is null) return;
            lock (log) log.WriteLine(line);
        }
    }

    private void PrintNew(Journal journal)
    {
        var all = journal.Read();
        foreach (var outcome in all.Skip(_printed).Where(outcome => outcome.State != "started"))
        {
            // The whole of it is in the results.
            var lines = outcome.Message.Split('\n').Take(PrintedLines);
            var reason = outcome.State == "passed" ? "" : ": " + string.Join("\n    ", lines);
            Console.WriteLine($"{outcome.State,-7} {outcome.Seconds,7:F2} s  {outcome.Test}{reason}");
        }

        _printed = all.Count;
    }

    private string Tail() =>
        File.Exists(_logPath) ? string.Join('\n', File.ReadLines(_logPath).TakeLast(TailLines)) : "";
}
