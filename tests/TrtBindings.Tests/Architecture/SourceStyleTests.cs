namespace TrtBindings.Tests.Architecture;

/// <summary>Rules that keep files readable: their length, the length of lines, and one main type in each.</summary>
public sealed class SourceStyleTests
{
    private const int MaxLines = 250;
    private const int MaxColumns = 130;
    private const int MaxLinesOfSmallType = 25;

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
        (from path in SourceTree.Files(Folders).Concat(SourceTree.Templates())
         from line in SourceTree.Read(path).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
         where line.Text.Length > MaxColumns
         select $"{path}({line.Number}): {line.Text.Length} columns").ShouldBeEmpty();

    [Fact]
    public void Every_shipped_file_is_named_like_its_main_type_and_other_types_in_it_are_small() =>
        (from path in SourceTree.Files("src", "generators")
         let types = SourceTree.Types(path).ToArray()
         let name = Path.GetFileNameWithoutExtension(path).Split('.', '{')[0]
         where types.Length == 0 || types[0].Name != name || types.Skip(1).Any(type => type.Lines > MaxLinesOfSmallType)
         select $"{path} declares {string.Join(", ", types)}").ShouldBeEmpty();
}
