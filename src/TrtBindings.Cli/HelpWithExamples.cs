using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TrtBindings.Cli.Commands;

namespace TrtBindings.Cli;

/// <summary>The parser's help, followed by the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Help is as wide as the screen is, and so are the tables.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is not HelpAction help) continue;
            help.MaxWidth = Screen.Width;
            option.Action = new HelpWithExamples(help);
        }
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var to = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is ToolCommand command ? command.Examples : [];
        if (examples.Count > 0) to.WriteLine("Examples:");
        foreach (var (line, what) in examples) to.WriteLine($"  {line}\n      {what}");
        if (examples.Count > 0) to.WriteLine();
        return exitCode;
    }
}
