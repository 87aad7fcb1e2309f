using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>What keeps a file readable: its length, its lines, one type in it.</summary>
public sealed partial class SourceStyleTests
{
    private const int MaxLines = 250;
    private const int MaxColumns = 130;

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

    [Fact]
    public void Every_shipped_file_is_named_like_its_type_and_others_in_it_are_enums_or_records() =>
        (from path in SourceTree.Files("src", "generators")
         let code = SourceTree.WithoutCommentsAndText(SourceTree.Read(path))
         let matches = TopLevelType().Matches(code)
         let types = matches.Select(match => match.Groups["name"].Value).Distinct().ToArray()
         let others = matches.Where(match => match.Groups["name"].Value != types[0])
         let name = Path.GetFileNameWithoutExtension(path).Split('.', '{')[0]
         where types.Length == 0 || types[0] != name || others.Any(match => !SmallType().IsMatch(match.Value))
         select $"{path} declares {string.Join(", ", types)}").ShouldBeEmpty();

    /// <summary>Types without indentation are the top-level ones: every namespace is file-scoped.</summary>
    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|ref|partial|unsafe|record)\s+)*
        (?:class|struct|interface|enum|record(?:\s+struct|\s+class)?|delegate\s+\S+)\s+(?<name>[A-Z_]\w*)",
        RegexOptions.Multiline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\b(enum|record)\b")]
    private static partial Regex SmallType();
}
