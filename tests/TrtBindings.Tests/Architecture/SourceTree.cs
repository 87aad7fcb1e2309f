using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>The repository's own C# files, by folder.</summary>
internal static partial class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file under a folder of the repository, with forward slashes, relative to the root.</summary>
    public static IEnumerable<string> Files(params string[] folders) =>
        from folder in folders
        let full = Path.Combine(Root, folder)
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !relative.Contains("/obj/") && !relative.Contains("/bin/") && !relative.Contains("/artifacts/")
        orderby relative
        select relative;

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    /// <summary>The code without comments and literals, so that only identifiers are left to look at.</summary>
    public static string WithoutCommentsAndText(string code) => CommentOrText().Replace(code, " ");

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | \$*\"{3,}.*?\"{3,} | @\"(?:[^"]|"")*\" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "TrtBindings.sln"))) return folder;
        throw new InvalidOperationException("The tests run outside the repository: TrtBindings.sln was not found above them.");
    }
}
