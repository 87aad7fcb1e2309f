using System.CommandLine;
using Spectre.Console;
using TrtBindings.Cli.Caches;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb cache clear</c>: removes built engines.</summary>
internal sealed class CacheClearCommand : ToolCommand
{
    private readonly Option<string?> _folder = Choices.CacheFolder();
    private readonly Option<string?> _model = new("--model")
    {
        Description = "Remove only the engines of this model.", HelpName = "FILE",
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public CacheClearCommand() : base(
        "clear", "Removes built engines, what was refused and what cannot be read, after a question.")
    {
        foreach (var option in (Option[])[_folder, _model, _yes]) Options.Add(option);
        AddJson();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Line, string What)> Examples { get; } =
    [
        ("trtb cache clear", "all engines of this user's cache, after a question"),
        ("trtb cache clear --model model.onnx --yes", "those of one model, without a question"),
    ];

    /// <inheritdoc/>
    protected override Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var folder = Choices.CacheFolderOf(arguments.GetValue(_folder));
        var model = arguments.GetValue(_model) is { } named ? Path.GetFullPath(named) : null;
        StoredEngine[] engines = [.. EngineCaches.List(folder).Where(engine => model is null || engine.Model == model)];
        RefusedEngine[] refused = [.. EngineCaches.ListRefused(folder).Where(engine => model is null || engine.Model == model)];
        // Whose they are is not known.
        var unreadable = model is null ? EngineCaches.ListUnreadable(folder) : [];
        var report = new CacheClearReport(folder, engines.Length,
            engines.Sum(engine => engine.Bytes) + unreadable.Sum(engine => engine.Bytes), refused.Length, unreadable.Count);
        var isEmpty = engines.Length + refused.Length + unreadable.Count == 0;
        if (!isEmpty && !arguments.GetValue(_yes) && !Confirm(report, screen))
        {
            screen.Note("Nothing was removed.");
            return Task.FromResult(ExitCode.CheckFailed);
        }

        foreach (var engine in engines)
        {
            cancellation.ThrowIfCancellationRequested();
            EngineCaches.Remove(engine);
        }

        foreach (var engine in refused) EngineCaches.Remove(engine);
        foreach (var engine in unreadable) EngineCaches.Remove(engine);
        screen.Show(report, CacheJson.Default.CacheClearReport, (done, console) => console.WriteLine(
            $"{done.Removed} engines removed{Others(done)}, {Sheet.Size(done.Bytes)}."));
        return Task.FromResult(ExitCode.Done);
    }

    private static string Others(CacheClearReport report) =>
        (report.Forgotten > 0 ? $", {report.Forgotten} refused ones forgotten" : "")
        + (report.Unreadable > 0 ? $", {report.Unreadable} unreadable ones removed" : "");

    /// <summary>Asks. Without a terminal nobody can answer, and a script says --yes.</summary>
    private static bool Confirm(CacheClearReport report, Screen screen)
    {
        if (Console.IsInputRedirected || screen.IsJson)
            throw new UsageException("There is nobody to ask whether the engines may be removed. Give --yes.");
        var others = (report.Forgotten > 0 ? $", the memory of {report.Forgotten} refused ones" : "")
            + (report.Unreadable > 0 ? $", {report.Unreadable} unreadable ones" : "");
        Console.Error.Write(
            $"Remove {report.Removed} engines{others} ({Sheet.Size(report.Bytes)}) from '{report.Folder}'? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
