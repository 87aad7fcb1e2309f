using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using TrtBindings.Cli.Commands;

namespace TrtBindings.Cli;

/// <summary>The commands of the tool, and their start.</summary>
internal static class ToolCommands
{
    /// <summary>
    /// How long a cancelled command may take to clean up. TensorRT asks for cancellation between the steps of a build.
    /// </summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    /// <summary>All commands, in the order of the help.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("What a model is, whether it runs on this machine, whether it is right, and how fast.")
        {
            new InspectCommand(),
            new DoctorCommand(),
            new BuildCommand(),
            new RunCommand(),
            new CompareCommand(),
            new BenchCommand(),
            new CacheCommand(),
            new NewCommand(),
            new ConvertCommand(),
        };
        HelpWithExamples.AddTo(root);
        return root;
    }

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Action is ParseErrorAction) return Refuse(parsed);
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd,
        };
        try
        {
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            return new Screen(isJson: false).Fail(e);
        }
    }

    /// <summary>One line for each thing that is wrong, and where to read on. The whole help would hide it.</summary>
    private static int Refuse(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand && parsed.Tokens.Count == 0)
        {
            new HelpWithExamples(new()).Invoke(parsed);
            return ExitCode.BadInput;
        }

        var reasons = parsed.Errors.Select(error => error.Message).Distinct();
        return new Screen(isJson: parsed.Tokens.Any(token => token.Value == ToolCommand.JsonName))
            .Fail(new UsageException($"{string.Join(' ', reasons)} See '{PathOf(parsed)} --help'."));
    }

    private static string PathOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Push(result.Command.Name);
        return string.Join(' ', names);
    }
}
