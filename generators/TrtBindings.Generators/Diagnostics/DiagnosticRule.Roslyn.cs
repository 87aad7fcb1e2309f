using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Diagnostics;

/// <content>The rule as the compiler knows it.</content>
internal sealed partial class DiagnosticRule
{
    /// <summary>By address of the page, because one process compiles for many projects.</summary>
    private readonly ConcurrentDictionary<string, DiagnosticDescriptor> _descriptors = new();

    public static implicit operator DiagnosticDescriptor(DiagnosticRule rule) => rule.WithLink(rule.HelpLinkUri);

    /// <summary>With a link that opens the page on disk, in an editor and in a terminal.</summary>
    public DiagnosticDescriptor OnDisk(AnalyzerOptions options) =>
        OnDisk(HelpLinks.FolderOf(options.AnalyzerConfigOptionsProvider));

    /// <param name="folder">The folder with the pages; <see langword="null"/> for the relative link.</param>
    public DiagnosticDescriptor OnDisk(string? folder) => WithLink(folder is null ? HelpLinkUri : HelpLinks.Of(Id, folder));

    private DiagnosticDescriptor WithLink(string address) => _descriptors.GetOrAdd(address, link => new(
        Id, Title, Message, Category,
        DefaultSeverity switch
        {
            RuleSeverity.Error => DiagnosticSeverity.Error,
            RuleSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        },
        isEnabledByDefault: true, helpLinkUri: link));
}
