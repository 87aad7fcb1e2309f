using System.CommandLine;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb new</c>: the group of the commands that make projects.</summary>
internal sealed class NewCommand : Command
{
    public NewCommand() : base("new", "Makes a project for a model.") => Subcommands.Add(new NewAppCommand());
}
