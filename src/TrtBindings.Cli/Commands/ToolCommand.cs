using System.CommandLine;

namespace TrtBindings.Cli.Commands;

/// <summary>
/// What all commands share: <c>--json</c>, examples in the help, and exceptions that end as one line. A command declares its
/// arguments and options as fields, adds them in its constructor and does its work in <see cref="RunAsync"/>.
/// </summary>
internal abstract class ToolCommand : Command
{
    /// <summary>Name of the option that every command has.</summary>
    public const string JsonName = "--json";

    private readonly Option<bool> _json = new(JsonName) { Description = "Write one JSON object instead of text." };

    /// <summary>A command with its name and the sentence of its help.</summary>
    protected ToolCommand(string name, string description) : base(name, description)
    {
        SetAction(StartAsync);
    }

    /// <summary>Command lines with what they do, for the help and docs/cli.md.</summary>
    public abstract IReadOnlyList<(string Line, string What)> Examples { get; }

    /// <summary>Adds <c>--json</c> after the command's own options; called last in a constructor.</summary>
    protected void AddJson() => Options.Add(_json);

    /// <summary>The work. Exceptions become a line and an exit code: <see cref="Failures"/>.</summary>
    /// <param name="arguments">Values of the command's arguments and options.</param>
    /// <param name="screen">Where results and progress go. Nothing writes to the console itself.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract Task<int> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellation);

    private async Task<int> StartAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var screen = new Screen(arguments.GetValue(_json));
        try
        {
            GivenPaths.Check(arguments);
            return await RunAsync(arguments, screen, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return screen.Fail(e);
        }
    }
}
