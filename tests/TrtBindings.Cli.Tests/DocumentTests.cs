using System.Text;

namespace TrtBindings.Cli.Tests;

/// <summary>docs/cli.md is what the tool says of itself.</summary>
public sealed class DocumentTests
{
    private const int Columns = 110;

    [Fact]
    [Trait("Category", "Slow")]
    public void The_page_of_the_commands_is_their_help()
    {
        var page = Page();
        var path = Path.Combine(TestPaths.RepositoryRoot, "docs", "cli.md");
        var kept = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "cli.md");
        File.WriteAllText(kept, page);
        (File.Exists(path) ? File.ReadAllText(path) : "").ShouldBe(page, $"docs/cli.md is stale: copy {kept} over it.");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_command_has_examples_and_json()
    {
        foreach (var command in Commands([]).Where(command => SubcommandsOf(command).Length == 0))
        {
            var help = Help(command);
            help.ShouldContain("Examples:", Case.Sensitive, string.Join(' ', command));
            help.ShouldContain("--json", Case.Sensitive, string.Join(' ', command));
        }
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # The command line, trtb

            This page is made of the help of the commands by a test, which fails when it is stale.

            Install it from a folder with its packages (`src/TrtBindings.Cli/pack.sh FOLDER` makes them), or run it in a clone:

            ```
            dotnet tool install --global TrtBindings.Cli --source FOLDER
            dotnet run --project src/TrtBindings.Cli -- inspect model.onnx
            ```

            Results go to standard output, progress and errors to standard error. Tables keep to the width of the terminal, or to
            `COLUMNS`; `NO_COLOR` and a pipe take the colours away. With `--json` a result is one object, and so is an error.
            Completion: `dotnet tool install --global dotnet-suggest`, and its script for your shell.

            """.ReplaceLineEndings("\n"));
        foreach (var command in Commands([]).Prepend([]))
            page.Append($"\n## {string.Join(' ', command.Prepend("trtb"))}\n\n```\n{Help(command)}\n```\n");
        return page.ToString();
    }

    private static IEnumerable<string[]> Commands(string[] under) => SubcommandsOf(under).SelectMany(name =>
        Commands([.. under, name]).Prepend([.. under, name]));

    private static string[] SubcommandsOf(string[] command) =>
    [
        .. Help(command).Split('\n').SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.StartsWith("  "))
            .Where(line => line[2] != ' ').Select(line => line.Trim().Split(' ')[0]),
    ];

    private static string Help(string[] command)
    {
        var run = Tool.Run([("COLUMNS", $"{Columns}")], [.. command, "--help"]);
        run.ExitCode.ShouldBe(0, run.Error);
        return string.Join('\n', run.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).Trim();
    }
}
