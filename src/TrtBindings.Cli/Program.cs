using TrtBindings.Cli.Doctor;

namespace TrtBindings.Cli;

/// <summary>The start of the tool.</summary>
internal static class Program
{
    /// <summary>Runs a command.</summary>
    public static Task<int> Main(string[] args)
    {
        // An engine or a library of unknown origin is opened by another process of this program, which may crash.
        return EngineProbe.TryRunChild(args, out var exitCode) || ChildWork.TryRun(args, out exitCode)
            ? Task.FromResult(exitCode) : ToolCommands.RunAsync(args);
    }
}
