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

    /// <summary>The templates of which an internal generator makes C# files.</summary>
    public static IEnumerable<string> Templates() =>
        from file in Directory.EnumerateFiles(
            Path.Combine(TestPaths.RepositoryRoot, "src"), "*.cs.template", SearchOption.AllDirectories)
        orderby file
        select Path.GetRelativePath(TestPaths.RepositoryRoot, file).Replace('\\', '/');

    /// <summary>The top-level types that a file declares, in order, each with its number of lines.</summary>
    public static IEnumerable<(string Name, int Lines)> Types(string relative)
    {
        var text = Read(relative);
        if (relative.EndsWith(".template", StringComparison.Ordinal))
            return TemplateTypes().Match(text).Groups["name"].Captures.Select(name => (name.Value, 1));
        var code = WithoutCommentsAndText(text);
        return TopLevelType().Matches(code)
            .Select(match => (Name: match.Groups["name"].Value, Lines: Lines(code, match.Index, match.NextMatch())))
            .DistinctBy(type => type.Name);
    }

    /// <summary>Lines up to the next brace without indentation, or up to the next type for a record without a body.</summary>
    private static int Lines(string code, int start, Match next)
    {
        var brace = code.IndexOf("\n}", start, StringComparison.Ordinal);
        var end = Math.Min(brace < 0 ? code.Length : brace, next.Success ? next.Index : code.Length);
        return code.AsSpan(start, end - start).Count('\n') + 1;
    }

    public static string Read(string relative) => File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, relative));

    /// <summary>The code without comments and literals, so that only identifiers are left to look at.</summary>
    public static string WithoutCommentsAndText(string code) => CommentOrText().Replace(code, " ");

    /// <summary>Types without indentation are the top-level ones, because every namespace is file-scoped.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe|record)\s+)*
        (?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+\S+)\s+(?<name>[A-Z_]\w*)",
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\A\$make (?<name>\w+)(?: (?<name>\w+))? for ")]
    private static partial Regex TemplateTypes();

    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | \$*\"{3,}.*?\"{3,} | @\"(?:[^"]|"")*\" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();
}
