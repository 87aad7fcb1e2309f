using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TrtBindings.Cli.Caches;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb cache list</c>: the built engines.</summary>
internal sealed class CacheListCommand : ToolCommand
{
    private readonly Option<string?> _folder = Choices.CacheFolder();

    public CacheListCommand() : base(
        "list", "Lists the built engines: model, size, GPU, TensorRT, last use; and what was refused or cannot be read.")
    {
        Options.Add(_folder);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb cache list", "the engines in this user's cache, the most recently used first"),
        ("trtb cache list --cache /var/cache/app --json", "those of an application with a folder of its own"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var folder = Choices.CacheFolderOf(arguments.GetValue(_folder));
        var engines = EngineCaches.List(folder);
        screen.Show(new(folder, engines.Sum(engine => engine.Bytes), [.. engines.Select(CachedEngineReport.Of)],
            [.. EngineCaches.ListRefused(folder).Select(RefusedEngineReport.Of)],
            [.. EngineCaches.ListUnreadable(folder).Select(UnreadableEngineReport.Of)]),
            CacheJson.Default.CacheListReport, Write);
        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(CacheListReport report, IAnsiConsole console)
    {
        var sheet = new Sheet(console);
        sheet.Title(report.Engines.Count == 0
            ? $"{report.Folder}: no engines"
            : string.Create(CultureInfo.InvariantCulture,
                $"{report.Folder}: {report.Engines.Count} engines, {Sheet.Size(report.Bytes)}"));
        if (report.Engines.Count > 0) WriteEngines(report, sheet);
        foreach (var one in report.Refused)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"refused at {one.Refused.ToLocalTime():yyyy-MM-dd HH:mm}, and not built again by loads: {one.Reason}"));
        }

        foreach (var one in report.Unreadable)
            console.WriteLine($"unreadable, {Sheet.Size(one.Bytes)}: {one.Why}. 'trtb cache clear' removes it.");
    }

    private static void WriteEngines(CacheListReport report, Sheet sheet) =>
        sheet.Table(["model", ">size", "TensorRT", "GPU", "precision", "profiles", "parity", "last used"],
            report.Engines.Select(engine => new[]
        {
            engine.Model + (engine.ModelExists ? "" : " (gone)"), Sheet.Size(engine.Bytes), engine.TensorRt, engine.Gpu,
            engine.Precision, engine.Profiles, engine.Verdict, engine.LastUsed.ToLocalTime().ToString("yyyy-MM-dd HH:mm",
                CultureInfo.InvariantCulture),
        }));
}
