extern alias generator;

using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using generator::TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Tests;

/// <summary>The list of diagnostics, their pages and the release notes agree.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly string Pages = Path.Combine(TestPaths.RepositoryRoot, "docs", "diagnostics");

    /// <summary>Reported by build targets, which have no descriptors.</summary>
    private static readonly Dictionary<string, string> OfTheBuild =
        new()
        {
            ["TRTB0200"] = "Warning", ["TRTB0201"] = "Error", ["TRTB0202"] = "Warning", ["TRTB0210"] = "Error",
            ["TRTB0211"] = "Error", ["TRTB0212"] = "Error", ["TRTB0213"] = "Warning",
        };

    public static TheoryData<string> Ids() => [.. Descriptors.ById.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_id_has_a_page_with_its_title_severity_cause_and_fix(string id)
    {
        DiagnosticDescriptor descriptor = Descriptors.ById[id];
        var page = File.ReadAllText(Path.Combine(Pages, id + ".md"));
        page.ShouldStartWith($"# {id}: {descriptor.Title}\n");
        page.ShouldContain($"| {descriptor.Category} | {descriptor.DefaultSeverity} |");
        page.ShouldContain("\n## Cause\n");
        page.ShouldContain("\n## Fix\n");
        page.Length.ShouldBeGreaterThan(400);
        descriptor.HelpLinkUri.ShouldBe($"docs/diagnostics/{id}.md");
        descriptor.IsEnabledByDefault.ShouldBeTrue();
    }

    [Fact]
    public void Every_page_belongs_to_an_id_and_the_index_lists_it()
    {
        var pages = Directory.GetFiles(Pages, "TRTB*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        pages.ShouldBe(Descriptors.ById.Keys.Concat(OfTheBuild.Keys).Order(StringComparer.Ordinal));
        var index = File.ReadAllText(Path.Combine(Pages, "README.md"));
        foreach (var (id, severity) in OfTheBuild) index.ShouldContain($"| [{id}]({id}.md) | {severity} | ");
        foreach (var descriptor in Descriptors.ById.Values)
            index.ShouldContain($"| [{descriptor.Id}]({descriptor.Id}.md) | {descriptor.DefaultSeverity} | {descriptor.Title} |");
    }

    [Fact]
    public void The_release_notes_list_every_id_as_it_is()
    {
        var folder = Path.Combine(TestPaths.RepositoryRoot, "generators", "TrtBindings.Generators");
        var notes = File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Shipped.md"));
        foreach (var descriptor in Descriptors.ById.Values)
            notes.ShouldContain($"{descriptor.Id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}\n");
        Id().Count(notes).ShouldBe(Descriptors.ById.Count);
    }

    [Fact]
    public void Every_descriptor_is_in_the_list()
    {
        var fields = typeof(Descriptors).GetFields().Where(f => f.FieldType == typeof(DiagnosticRule));
        fields.Select(f => ((DiagnosticRule)f.GetValue(null)!).Id).Order(StringComparer.Ordinal)
            .ShouldBe(Descriptors.ById.Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^TRTB\d{4} ", RegexOptions.Multiline)]
    private static partial Regex Id();
}
