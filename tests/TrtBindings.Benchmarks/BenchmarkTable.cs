namespace TrtBindings.Benchmarks;

/// <summary>Prints rows as they come and counts the misses.</summary>
/// <param name="groups">Parts of the names of groups to measure; empty for all.</param>
internal sealed class BenchmarkTable(IReadOnlyCollection<string> groups)
{
    private const int WhatWidth = 68;
    private const int BarWidth = 18;
    private const int MeasuredWidth = 18;

    public int Missed { get; private set; }

    public int NotRun { get; private set; }

    public static void Begin()
    {
        Console.WriteLine(Line("what", "bar", "measured", "verdict"));
        Console.WriteLine(Line(new('-', WhatWidth), new('-', BarWidth), new('-', MeasuredWidth), "-------"));
    }

    /// <summary>Measures a group of rows. An exception counts as a miss.</summary>
    public void Add(string group, Func<IEnumerable<Row>> measure)
    {
        if (groups.Count > 0 && !groups.Any(wanted => group.Contains(wanted, StringComparison.OrdinalIgnoreCase))) return;
        try
        {
            foreach (var row in measure()) Add(row);
        }
        catch (Exception e)
        {
            Add(new(group, "no error", $"{e.GetType().Name}: {e.Message}", Verdict.Missed));
        }
    }

    private void Add(Row row)
    {
        if (row.Verdict == Verdict.Missed) Missed++;
        if (row.Verdict == Verdict.NotRun) NotRun++;
        Console.WriteLine(row.Verdict == Verdict.NotRun
            ? Line(row.What, row.Bar, "", $"not run: {row.Measured}")
            : Line(row.What, row.Bar, row.Measured, Text(row.Verdict)));
    }

    private static string Line(string what, string bar, string measured, string verdict) =>
        $"| {what,-WhatWidth} | {bar,BarWidth} | {measured,MeasuredWidth} | {verdict}";

    private static string Text(Verdict verdict) => verdict switch
    {
        Verdict.Held => "held",
        Verdict.Missed => "MISSED",
        _ => "",
    };
}
