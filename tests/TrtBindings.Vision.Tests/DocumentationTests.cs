using System.Text.RegularExpressions;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests;

/// <summary>The pages about engines against the rules of the families.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void The_pages_quote_the_rule_of_every_family()
    {
        var folder = Path.Combine(TestPaths.RepositoryRoot, "docs", "engines");
        var pages = string.Concat(Directory.GetFiles(folder, "*.md").Select(File.ReadAllText));
        var text = Whitespace().Replace(pages, " ");
        foreach (var rule in FamilyRules.All) text.ShouldContain($"`{rule.Task}`: {rule.Shapes}.");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
