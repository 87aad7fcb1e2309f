using System.CommandLine;

namespace TrtBindings.Cli.Commands;

/// <summary><c>trtb cache</c>: the group of the commands about the engine cache.</summary>
internal sealed class CacheCommand : Command
{
    public CacheCommand() : base("cache", "Lists, explains and removes built engines.")
    {
        Subcommands.Add(new CacheListCommand());
        Subcommands.Add(new CacheWhyCommand());
        Subcommands.Add(new CacheClearCommand());
    }
}
