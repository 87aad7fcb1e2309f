namespace TrtBindings.Generators.Diagnostics;

/// <summary>The addresses of the diagnostics' pages.</summary>
internal static partial class HelpLinks
{
    /// <summary>Relative to the repository and to the package, which both have the pages in this folder.</summary>
    public const string Folder = "docs/diagnostics/";

    public static string Of(string id) => Folder + id + ".md";

    /// <summary>The page in a folder of this machine; the relative address if that is no absolute path.</summary>
    public static string Of(string id, string folder) =>
        Uri.TryCreate(Path.Combine(folder, id + ".md"), UriKind.Absolute, out var address) && address.IsFile
            ? address.AbsoluteUri
            : Of(id);
}
