using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>What keeps a file readable: its length, its lines, one main type in it.</summary>
public sealed partial class SourceStyleTests
{
    private const int MaxLines = 250;
    private const int MaxColumns = 130;
    private const int MaxTypes = 3;

    /// <summary>Longer files, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    private static readonly string[] Folders = ["src", "generators", "samples", "native", "tests"];

    [Fact]
    public void No_file_is_longer_than_a_reader_wants() =>
        SourceTree.Files(Folders)
            .Where(path => !LongFiles.ContainsKey(path))
            .Select(path => (Path: path, Lines: SourceTree.Read(path).Count(character => character == '\n')))
            .Where(file => file.Lines > MaxLines)
            .Select(file => $"{file.Path}: {file.Lines} lines")
            .ShouldBeEmpty();

    [Fact]
    public void No_line_is_wider_than_a_screen() =>
        (from path in SourceTree.Files(Folders)
         from line in SourceTree.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
         where line.Text.Length > MaxColumns
         select $"{path}({line.Number}): {line.Text.Length} columns").ShouldBeEmpty();

    /// <summary>A file may hold a few small types more: those that only make sense beside the main one.</summary>
    [Fact]
    public void Every_shipped_file_has_one_main_type_and_is_named_like_it() =>
        (from path in SourceTree.Files("src", "generators")
         let code = SourceTree.WithoutCommentsAndText(SourceTree.Read(path))
         let types = TopLevelType().Matches(code).Select(match => match.Groups["name"].Value).Distinct().ToArray()
         let name = Path.GetFileNameWithoutExtension(path).Split('.', '{')[0]
         where types.Length > MaxTypes || !types.Contains(name)
         select $"{path} declares {string.Join(", ", types)}").ShouldBeEmpty();

    /// <summary>Types without indentation are the top-level ones: every namespace is file-scoped.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe|record)\s+)*
        (?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+\S+)\s+(?<name>[A-Z_]\w*)",
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TopLevelType();
}
