using System.Text.RegularExpressions;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Architecture;

/// <summary>The repository's own C# files, by folder.</summary>
internal static partial class SourceTree
{
    /// <summary>Every C# file under a folder of the repository, with forward slashes, relative to the root.</summary>
    public static IEnumerable<string> Files(params string[] folders) =>
        from folder in folders
        let full = Path.Combine(TestPaths.RepositoryRoot, folder)
        where Directory.Exists(full)
        from file in Directory.EnumerateFiles(full, "*.cs", SearchOption.AllDirectories)
        let relative = Path.GetRelativePath(TestPaths.RepositoryRoot, file).Replace('\\', '/')
        where !relative.Contains("/obj/") && !relative.Contains("/bin/") && !relative.Contains("/artifacts/")
        orderby relative
        select relative;

    public static string Read(string relative) => File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, relative));

    /// <summary>The code without comments and literals, so that only identifiers are left to look at.</summary>
    public static string WithoutCommentsAndText(string code) => CommentOrText().Replace(code, " ");

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | \$*\"{3,}.*?\"{3,} | @\"(?:[^"]|"")*\" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();
}
