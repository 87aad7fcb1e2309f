using System.Text.RegularExpressions;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Documentation;

/// <summary>What the documents show and point at is what the repository has.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void The_program_in_the_readme_is_the_quick_start_sample()
    {
        var program = CSharpBlock().Match(Read("README.md")).Groups["code"].Value;
        program.ShouldBe(Read("samples/QuickStart/Program.cs"));
        program.Split('\n').Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(20);
    }

    public static TheoryData<string> Documents =>
    [
        .. ((string[])["", "docs", "docs/engines", "docs/diagnostics", "native/tensorrt", "samples/models", "samples/images"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(TestPaths.RepositoryRoot, folder), "*.md"))
            .Select(file => Path.GetRelativePath(TestPaths.RepositoryRoot, file).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_and_path_inside_the_repository_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(TestPaths.RepositoryRoot, document))!;
        Link().Matches(Read(document)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://") && !Path.Exists(Path.Combine(folder, target)))
            .ShouldBeEmpty();
        // A path in code marks starts with a folder of the repository. Not in what has been: the change log keeps old names.
        if (document == "CHANGELOG.md") return;
        CodePath().Matches(Read(document)).Select(match => match.Groups["path"].Value)
            .Where(path => !path.Contains("nnnn") && !path.Contains("TensorRt12")
                && !Path.Exists(Path.Combine(TestPaths.RepositoryRoot, path)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_that_the_readme_runs_is_there()
    {
        var projects = Project().Matches(Read("README.md")).Select(match => match.Groups["folder"].Value).ToArray();
        projects.ShouldNotBeEmpty();
        foreach (var project in projects)
            Directory.GetFiles(Path.Combine(TestPaths.RepositoryRoot, project), "*.csproj").ShouldHaveSingleItem();
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, path));

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\((?<target>[^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<path>(src|tests|generators|native|docs|samples)/[\w./-]+)`")]
    private static partial Regex CodePath();

    [GeneratedRegex(@"--project (?<folder>\S+)")]
    private static partial Regex Project();
}
