namespace TrtBindings.Generators.Diagnostics;

/// <summary>The addresses of the diagnostics' pages.</summary>
internal static class HelpLinks
{
    /// <summary>
    /// Relative to the repository and to the package, which both have the pages in this folder. Once the project has a public
    /// address, put it here.
    /// </summary>
    public const string Folder = "docs/diagnostics/";

    public static string Of(string id) => Folder + id + ".md";
}
