using System.Text;
using System.Text.Json;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>What happened to each test, one a line: a process that a native library brings down leaves it behind.</summary>
internal sealed class Journal(string path)
{
    private readonly Lock _gate = new();

    /// <summary>Adds a line.</summary>
    public void Write(TestOutcome outcome)
    {
        lock (_gate) File.AppendAllText(path, JsonSerializer.Serialize(outcome) + "\n");
    }

    /// <summary>Everything so far; none where the file is not there yet. A line that is being written is left out.</summary>
    public IReadOnlyList<TestOutcome> Read()
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n')[..^1];
        return [.. lines.Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<TestOutcome>(line)!)];
    }

    /// <summary>Tests that ended, each once, in the order in which they began.</summary>
    public IReadOnlyList<TestOutcome> Ended()
    {
        var last = new Dictionary<string, TestOutcome>();
        foreach (var outcome in Read()) last[outcome.Test] = outcome;
        return [.. last.Values.Where(outcome => outcome.State != "started")];
    }

    /// <summary>The test that began and did not end.</summary>
    public string? Unfinished()
    {
        var last = Read().LastOrDefault();
        return last is { State: "started" } ? last.Test : null;
    }
}
