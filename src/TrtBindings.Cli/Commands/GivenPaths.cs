using System.CommandLine;
using System.CommandLine.Parsing;

namespace TrtBindings.Cli.Commands;

/// <summary>Looks at what a command line names before anything is opened.</summary>
internal static class GivenPaths
{
    /// <summary>Options whose values are files that are read.</summary>
    private static readonly string[] Read = ["--image", "--input", "--model", "--calibration"];

    /// <summary>An empty namespace is C#'s global one. Every other empty value is a variable of a script that has none.</summary>
    private static readonly string[] MayBeEmpty = ["--namespace"];

    /// <summary>A pipe that nobody writes to is opened only when somebody does.</summary>
    private static readonly TimeSpan TimeToOpen = TimeSpan.FromSeconds(2);

    /// <summary>Refuses empty values, and pipes and devices where a file is read.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public static void Check(ParseResult arguments)
    {
        foreach (var result in arguments.CommandResult.Children)
        {
            var (name, isRead) = result switch
            {
                OptionResult option => (option.Option.Name, Read.Contains(option.Option.Name)),
                ArgumentResult argument => (argument.Argument.Name, true),
                _ => ("", false),
            };
            foreach (var token in result.Tokens)
            {
                if (token.Value.Length == 0 && !MayBeEmpty.Contains(name))
                    throw new UsageException($"'{name}' is given with an empty value.");
                if (isRead) RefusePipe(token.Value[(name == "--input" ? token.Value.LastIndexOf('=') + 1 : 0)..]);
            }
        }
    }

    private static void RefusePipe(string path)
    {
        if (IsPipe(path)) throw new UsageException(
            $"'{path}' is a pipe or a device. Write what comes from it to a file, and name that: it is read more than once.");
    }

    private static bool IsPipe(string path)
    {
        // Only what has no length can be one. The length of a link is that of its text.
        if (path.Length == 0) return false;
        var file = new FileInfo(path);
        if (!file.Exists || (file.LinkTarget is null && file.Length > 0)) return false;
        var opened = Task.Run(() =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return stream.CanSeek;
        });
        try
        {
            return !opened.Wait(TimeToOpen) || !opened.Result;
        }
        catch (AggregateException)
        {
            // It cannot be opened, and the command says why.
            return false;
        }
    }
}
