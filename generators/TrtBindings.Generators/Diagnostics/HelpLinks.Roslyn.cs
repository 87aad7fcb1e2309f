using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Diagnostics;

/// <content>What the build says of the pages.</content>
internal static partial class HelpLinks
{
    /// <summary>
    /// The folder with the pages, which TrtBindings.props knows; <see langword="null"/> if the build does not say.
    /// </summary>
    public static string? FolderOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.TrtDiagnosticPages", out var folder) && folder.Length > 0
            ? folder
            : null;
}
