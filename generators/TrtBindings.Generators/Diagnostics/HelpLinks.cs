namespace TrtBindings.Generators;

/// <summary>Where the page of a diagnostic is.</summary>
internal static class HelpLinks
{
    /// <summary>
    /// Relative to the repository and to the package, which both carry the pages under this path. The project has no
    /// public address yet; once it has one, it goes in front here and nowhere else.
    /// </summary>
    public const string Folder = "docs/diagnostics/";

    public static string Of(string id) => Folder + id + ".md";
}
