using System.Globalization;
using System.Text.Json;
using TrtBindings.Gpu.Tests.Running;

namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>Everything that runs on one machine have shown. A later run of some tests replaces what it ran again.</summary>
internal sealed class Results
{
    private const string JsonName = "results.json";
    private const string MarkdownName = "gpu.md";
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <summary>Tests by name.</summary>
    public Dictionary<string, DatedOutcome> Tests { get; init; } = [];

    /// <summary>Figures by group and name.</summary>
    public Dictionary<string, DatedFigure> Figures { get; init; } = [];

    /// <summary>For each library the methods that were called on it.</summary>
    public Dictionary<string, SortedSet<string>> Calls { get; init; } = [];

    /// <summary>Adds a run to what the folder has and writes it as JSON and as Markdown.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="outcomes">How tests ended.</param>
    /// <param name="figuresFile">Figures, one a line.</param>
    /// <param name="callsFile">Slots that were called, one a line.</param>
    public static Results Write(
        string folder, IReadOnlyList<TestOutcome> outcomes, string figuresFile, string callsFile)
    {
        var path = Path.Combine(folder, JsonName);
        var results = File.Exists(path) ? JsonSerializer.Deserialize<Results>(File.ReadAllText(path))! : new();
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        foreach (var outcome in outcomes) results.Tests[outcome.Test] = new(date, outcome);
        foreach (var figure in Lines(figuresFile).Select(line => JsonSerializer.Deserialize<Figure>(line)!))
        {
            var key = $"{figure.Group}: {figure.Name}";
            // The last value, in the place of the last run, so that a group stays in the order of its test.
            results.Figures.Remove(key);
            results.Figures[key] = new(date, figure);
        }

        foreach (var call in Lines(callsFile).Select(line => line.Split('\t')))
        {
            if (!results.Calls.TryGetValue(call[0], out var methods))
                results.Calls[call[0]] = methods = new(StringComparer.Ordinal);
            methods.Add(call[1]);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(results, Options));
        File.WriteAllText(Path.Combine(folder, MarkdownName), new MarkdownReport(results).ToText());
        var ledger = MarkdownReport.LedgerOf(results);
        File.WriteAllText(Path.Combine(folder, "slot-ledger.txt"), ledger.ToText());
        return results;
    }

    private static IEnumerable<string> Lines(string path) =>
        File.Exists(path) ? File.ReadLines(path).Where(line => line.Length > 0) : [];
}
