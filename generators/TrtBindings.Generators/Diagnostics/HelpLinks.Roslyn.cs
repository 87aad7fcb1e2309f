using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Diagnostics;

/// <content>What the build says of the pages.</content>
internal static partial class HelpLinks
{
    /// <summary>The folder with the pages: TrtBindings.props knows that of its own package. <see langword="null"/> if unknown.</summary>
    public static string? FolderOf(AnalyzerConfigOptionsProvider options) =>
        options.GlobalOptions.TryGetValue("build_property.TrtDiagnosticPages", out var folder) && folder.Length > 0 ? folder : null;
}
