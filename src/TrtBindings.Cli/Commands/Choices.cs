using System.CommandLine;
using TrtBindings.Generators.Input;

namespace TrtBindings.Cli.Commands;

/// <summary>Options that several commands have, with the words that they take and complete.</summary>
internal static class Choices
{
    /// <summary><c>--family</c>: a word of <c>TrtTask</c>.</summary>
    public static Option<string?> Family(string description)
    {
        var option = new Option<string?>("--family") { Description = description, HelpName = "FAMILY" };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, ItemWords.Tasks);
        return option;
    }

    /// <summary><c>--cache</c>: the folder of the engine cache.</summary>
    public static Option<string?> CacheFolder() => new("--cache")
    {
        Description = "Folder of the engine cache; otherwise the user's own.", HelpName = "FOLDER",
    };

    /// <summary>The folder that <c>--cache</c> names, or the user's own. It need not be there.</summary>
    /// <exception cref="UsageException">It is a file.</exception>
    public static string CacheFolderOf(string? named)
    {
        var folder = Path.GetFullPath(named ?? EngineCaches.DefaultFolder);
        return !File.Exists(folder) ? folder
            : throw new UsageException($"--cache is '{named}', which is a file. Name the folder of the cache.");
    }
}
