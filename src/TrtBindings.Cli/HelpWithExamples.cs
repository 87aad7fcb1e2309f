using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TrtBindings.Cli.Commands;

namespace TrtBindings.Cli;

/// <summary>The parser's help, followed by the examples of the command, or by the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Gives every command the examples in its help.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is not HelpAction help) continue;
            option.Action = new HelpWithExamples(help);
        }
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // As wide as the screen is, as the tables are. Asked for here, because it costs time that no other command needs.
        help.MaxWidth = Screen.Width;
        var exitCode = help.Invoke(parseResult);
        var to = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is ToolCommand command ? command.Examples : [];
        if (examples.Count > 0) to.WriteLine("Examples:");
        foreach (var (line, what) in examples) to.WriteLine($"  {line}\n      {what}");
        if (examples.Count > 0) to.WriteLine();
        if (parseResult.CommandResult.Command is not RootCommand) return exitCode;
        to.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCode.All) to.WriteLine($"  {code,3}  {meaning}");
        to.WriteLine();
        return exitCode;
    }
}
