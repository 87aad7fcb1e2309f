using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Diagnostics;

/// <summary>The addresses of the diagnostics' pages.</summary>
internal static class HelpLinks
{
    /// <summary>Relative to the repository and to the package, which both have the pages in this folder.</summary>
    public const string Folder = "docs/diagnostics/";

    /// <summary>Where the pages lie on this machine: TrtBindings.props knows its own package's folder.</summary>
    private const string Property = "build_property.TrtDiagnosticPages";

    /// <summary>Descriptors by id and folder, because one build reports many diagnostics of a kind.</summary>
    private static readonly ConcurrentDictionary<(string Id, string Folder), DiagnosticDescriptor> Linked = new();

    public static string Of(string id) => Folder + id + ".md";

    /// <summary>The folder with the pages, or <see langword="null"/> if the build does not say.</summary>
    public static string? FolderOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue(Property, out var folder) && folder.Length > 0 ? folder : null;

    /// <summary>A descriptor whose link opens the page on disk, in an editor and in a terminal.</summary>
    public static DiagnosticDescriptor OnDisk(this DiagnosticDescriptor descriptor, AnalyzerOptions options) =>
        descriptor.OnDisk(FolderOf(options.AnalyzerConfigOptionsProvider));

    /// <inheritdoc cref="OnDisk(DiagnosticDescriptor, AnalyzerOptions)"/>
    public static DiagnosticDescriptor OnDisk(this DiagnosticDescriptor descriptor, string? folder)
    {
        if (folder is null) return descriptor;
        return Linked.GetOrAdd((descriptor.Id, folder), _ => AddressOf(folder, descriptor.Id) is { } address
            ? new(
                descriptor.Id, descriptor.Title, descriptor.MessageFormat, descriptor.Category, descriptor.DefaultSeverity,
                descriptor.IsEnabledByDefault, descriptor.Description, address, [.. descriptor.CustomTags])
            : descriptor);
    }

    /// <summary>A file address; <see langword="null"/> if the property is no absolute path.</summary>
    private static string? AddressOf(string folder, string id) =>
        Uri.TryCreate(Path.Combine(folder, id + ".md"), UriKind.Absolute, out var address) && address.IsFile
            ? address.AbsoluteUri
            : null;
}
