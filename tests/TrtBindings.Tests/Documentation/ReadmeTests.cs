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

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/decisions.md")]
    [InlineData("docs/ide.md")]
    [InlineData("docs/imaging.md")]
    [InlineData("docs/items.md")]
    [InlineData("docs/limits.md")]
    [InlineData("docs/model-class.md")]
    [InlineData("docs/onnxruntime.md")]
    [InlineData("docs/tensorrt.md")]
    public void Every_link_inside_the_repository_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(TestPaths.RepositoryRoot, document))!;
        Link().Matches(Read(document)).Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://") && !Path.Exists(Path.Combine(folder, target)))
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

    [GeneratedRegex(@"--project (?<folder>\S+)")]
    private static partial Regex Project();
}
