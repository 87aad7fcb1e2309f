using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>The house: folders depend on each other one way, there are few arrows, and a namespace says the folder.</summary>
public sealed partial class FolderTests
{
    /// <summary>
    /// The most that a reader should have to keep in mind. For a new arrow look first for the folder where the file belongs.
    /// There were 221 before the folders that quantize and calibrate a graph (20 arrows), the engines of any family (14), the
    /// comparison of outputs (6), engine files of other programs (2) and the comparison of results (3): uses of folders that all
    /// share, such as Errors and ModelFiles, which no move of a file saves.
    /// </summary>
    private const int MostArrows = 263;

    /// <summary>
    /// Programs that stand above all packages and may use every one. Their own folders have no circles, like all others.
    /// </summary>
    private static readonly string[] Programs = ["src/TrtBindings.Cli", "src/TrtBindings.Conversion"];

    [Fact]
    public void No_folders_depend_on_each_other_in_a_circle()
    {
        var graph = FolderGraph.Read();
        var circles = graph.Circles().Select(circle => string.Join(Environment.NewLine, graph.Arrows
            .Where(arrow => circle.Contains(arrow.Key.From) && circle.Contains(arrow.Key.To))
            .Select(arrow => $"{arrow.Key.From} -> {arrow.Key.To}: {string.Join(", ", arrow.Value.Take(3))}")));

        graph.Arrows.Count.ShouldBeGreaterThan(50, "the walk found hardly any use of one folder by another: it is broken");
        circles.ShouldBeEmpty();
    }

    [Fact]
    public void There_are_few_arrows_between_folders() =>
        FolderGraph.Read().Arrows.Keys
            .Count(arrow => !Programs.Any(program => arrow.From.StartsWith(program, StringComparison.Ordinal)))
            .ShouldBeLessThanOrEqualTo(MostArrows);

    [Fact]
    public void Internal_types_have_the_namespace_of_their_folder_and_public_ones_that_of_the_package() =>
        (from path in SourceTree.Files("src", "generators")
         let code = SourceTree.WithoutCommentsAndText(SourceTree.Read(path))
         let declared = NamespaceOf().Match(code).Groups["name"].Value
         let isPublic = PublicType().IsMatch(code)
         where !IsAllowed(path, declared, isPublic)
         select $"{path} is in {declared}").ShouldBeEmpty();

    /// <summary>
    /// Public types of a package share its namespace, so that one using is enough. TrtBindings.Shapes keeps the names of
    /// the digit types, such as _3, out of it. MSBuild and the compiler find their types by full name, whatever it is.
    /// </summary>
    private static bool IsAllowed(string path, string declared, bool isPublic)
    {
        // A namespace TrtBindings.Vision.SkiaSharp would hide the namespace SkiaSharp from the code in it.
        path = path.Replace("/TrtBindings.Vision.SkiaSharp/", "/TrtBindings.Vision/");
        var folder = Path.GetDirectoryName(path)!.Replace('\\', '/').Replace('/', '.');
        var expected = folder[(folder.IndexOf('.') + 1)..];
        if (declared == expected) return true;
        var package = path.Split('/')[1];
        // What an application calls of TrtBindings.Graphs stands beside the models that it converts.
        return isPublic && (declared == package.Replace("TrtBindings.Graphs", "TrtBindings")
            || (package == "TrtBindings" && declared == "TrtBindings.Shapes"));
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceOf();

    [GeneratedRegex(@"^public [\w ]*?(?:class|struct|interface|enum|record|delegate)\b", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
