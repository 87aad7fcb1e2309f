using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>
/// The folders of src and generators, and which folder names types of which other one. Read from the sources by type
/// name, and only where the assembly can see the type. A template counts as a file of the folder above it.
/// </summary>
internal sealed partial class FolderGraph
{
    /// <summary>Assembly to the folders whose types its code can name, beside its own.</summary>
    private static readonly Dictionary<string, string[]> Visible = new()
    {
        ["src/TrtBindings"] = [],
        ["src/TrtBindings.Graphs"] = ["src/TrtBindings"],
        ["src/TrtBindings.Vision"] = ["src/TrtBindings"],
        ["src/TrtBindings.Vision.SkiaSharp"] = ["src/TrtBindings", "src/TrtBindings.Vision"],
        ["src/TrtBindings.Conversion"] =
            ["src/TrtBindings", "src/TrtBindings.Graphs", "src/TrtBindings.Vision", "src/TrtBindings.Vision.SkiaSharp"],
        ["src/TrtBindings.Cli"] =
        [
            "src/TrtBindings", "src/TrtBindings.Graphs", "src/TrtBindings.Vision", "src/TrtBindings.Vision.SkiaSharp",
            "src/TrtBindings.Conversion", "generators/TrtBindings.Generators",
        ],
        ["generators/TrtBindings.Generators"] = ["src/TrtBindings/ModelFiles"],
        ["generators/TrtBindings.Build"] = ["src/TrtBindings/ModelFiles", "generators/TrtBindings.Generators"],
        ["generators/TrtBindings.CodeFixes"] = ["generators/TrtBindings.Generators"],
        ["generators/TrtBindings.Internal.Generators"] = [],
    };

    private readonly Dictionary<(string From, string To), SortedSet<string>> _arrows = [];

    private FolderGraph()
    {
    }

    /// <summary>Every folder that holds a C# file.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>From folder, to folder, and the uses: "File names Type".</summary>
    public IReadOnlyDictionary<(string From, string To), SortedSet<string>> Arrows => _arrows;

    public static FolderGraph Read()
    {
        var templates = SourceTree.Templates().ToArray();
        var files = SourceTree.Files("src", "generators").Concat(templates).ToDictionary(
            path => path, path => SourceTree.WithoutCommentsAndText(SourceTree.Read(path)));
        // The types of a template are those that it makes. A name of one letter, such as N, is more often a type parameter.
        var homes = files.Where(file => !templates.Contains(file.Key))
            .SelectMany(file => DeclaredType().Matches(file.Value)
                .Select(match => (Name: match.Groups["name"].Value, Folder: FolderOf(file.Key))))
            .Concat(templates.SelectMany(path => SourceTree.Types(path)
                .Where(type => type.Name.Length > 1).Select(type => (type.Name, Folder: FolderOf(path)))))
            .ToLookup(type => type.Name, type => type.Folder);
        var graph = new FolderGraph { Folders = [.. files.Keys.Select(FolderOf).Distinct().Order()] };
        foreach (var (path, code) in files)
        {
            foreach (var name in Identifier().Matches(code).Select(match => match.Value).Distinct())
            {
                var seen = homes[name].Where(home => CanSee(path, home)).Distinct().ToArray();
                // A name that the file's own folder declares is that one; a name with two homes cannot be told apart by name.
                if (seen.Length == 1 && seen[0] != FolderOf(path))
                    graph.Add(FolderOf(path), seen[0], path, name);
            }
        }

        return graph;
    }

    /// <summary>Groups of folders that depend on each other in a circle.</summary>
    public IEnumerable<string[]> Circles()
    {
        var reach = Folders.ToDictionary(folder => folder, folder => Reachable(folder));
        return Folders.Where(folder => reach[folder].Contains(folder))
            .GroupBy(folder => string.Join(' ', reach[folder].Where(other => reach[other].Contains(folder)).Order()))
            .Select(group => group.ToArray());
    }

    private static string FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (path.EndsWith(".template", StringComparison.Ordinal)) folder = Path.GetDirectoryName(folder)!;
        return folder.Replace('\\', '/');
    }

    private static string AssemblyOf(string path) => string.Join('/', path.Split('/').Take(2));

    private static bool CanSee(string path, string home)
    {
        var own = AssemblyOf(path);
        return AssemblyOf(home) == own
            || Visible[own].Any(folder => home == folder || home.StartsWith(folder + "/", StringComparison.Ordinal));
    }

    private void Add(string from, string to, string path, string name)
    {
        if (!_arrows.TryGetValue((from, to), out var uses)) _arrows[(from, to)] = uses = [];
        uses.Add($"{Path.GetFileName(path)} names {name}");
    }

    private HashSet<string> Reachable(string start)
    {
        var found = new HashSet<string>();
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var folder))
        {
            foreach (var (_, to) in _arrows.Keys.Where(arrow => arrow.From == folder))
            {
                if (found.Add(to)) queue.Enqueue(to);
            }
        }

        return found;
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+(?<name>[A-Z_]\w*)")]
    private static partial Regex DeclaredType();

    [GeneratedRegex(@"\b[A-Z_][A-Za-z0-9_]*\b")]
    private static partial Regex Identifier();
}
