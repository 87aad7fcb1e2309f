using System.CommandLine;
using System.Globalization;
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

    public CacheClearCommand() : base("clear", "Removes built engines, after a question.")
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
        var bytes = engines.Sum(engine => engine.Bytes);
        if (engines.Length > 0 && !arguments.GetValue(_yes) && !Confirm(folder, engines.Length, bytes, screen))
        {
            screen.Note("Nothing was removed.");
            return Task.FromResult(ExitCode.CheckFailed);
        }

        foreach (var engine in engines)
        {
            cancellation.ThrowIfCancellationRequested();
            EngineCaches.Remove(engine);
        }

        screen.Show(new(folder, engines.Length, bytes), CacheJson.Default.CacheClearReport, (report, console) =>
            console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{report.Removed} engines removed, {Sheet.Size(report.Bytes)}.")));
        return Task.FromResult(ExitCode.Done);
    }

    /// <summary>Asks. Without a terminal nobody can answer, and a script says --yes.</summary>
    private static bool Confirm(string folder, int count, long bytes, Screen screen)
    {
        if (Console.IsInputRedirected || screen.IsJson)
            throw new UsageException("There is nobody to ask whether the engines may be removed. Give --yes.");
        Console.Error.Write(string.Create(
            CultureInfo.InvariantCulture, $"Remove {count} engines ({Sheet.Size(bytes)}) from '{folder}'? [y/N] "));
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
