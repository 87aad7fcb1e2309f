using System.Text.RegularExpressions;

namespace TrtBindings.Tests.Architecture;

/// <summary>The one-way dependencies between the folders of src/TrtBindings, read off the sources.</summary>
public sealed partial class LayerTests
{
    /// <summary>Folder to the folders whose types it may name. A folder always may name its own.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ModelFiles"] = [],
        ["ModelFiles/Onnx"] = ["ModelFiles"],
        ["ModelFiles/Families"] = ["ModelFiles"],
        ["Errors"] = [],
        ["Diagnostics"] = [],
        ["Interop/Native"] = [],
        ["Interop/Cuda"] = ["Errors", "Interop/Native"],
        ["Interop/TensorRT/Raw"] = ["Errors"],
        ["Interop/TensorRT/Callbacks"] = ["Errors", "Interop/TensorRT/Raw"],
        ["Interop/TensorRT/Discovery"] = ["Errors", "Interop/Native", "Interop/TensorRT/Raw"],
        ["Interop/TensorRT"] =
        [
            "Errors", "Interop/Native", "Interop/Cuda", "Interop/TensorRT/Raw", "Interop/TensorRT/Callbacks",
            "Interop/TensorRT/Discovery",
        ],
        ["Tensors"] = ["ModelFiles", "Errors", "Interop/Cuda"],
        ["Options"] = ["ModelFiles", "Errors", "Tensors"],
        ["Backends"] =
        [
            "ModelFiles", "ModelFiles/Onnx", "ModelFiles/Families", "Options", "Tensors", "Errors", "Diagnostics", "Interop/Cuda",
        ],
        ["OnnxRuntime"] =
        [
            "ModelFiles", "Options", "Tensors", "Errors", "Diagnostics", "Backends", "Interop/Native", "Interop/Cuda",
        ],
        ["TensorRT"] =
        [
            "ModelFiles", "ModelFiles/Onnx", "Options", "Tensors", "Errors", "Diagnostics", "Backends", "Interop/Native",
            "Interop/Cuda", "Interop/TensorRT", "Interop/TensorRT/Raw", "Interop/TensorRT/Callbacks",
            "Interop/TensorRT/Discovery",
        ],
        ["Runtime"] =
        [
            "ModelFiles", "Options", "Tensors", "Errors", "Diagnostics", "Backends", "OnnxRuntime", "TensorRT",
        ],
    };

    [Fact]
    public void No_folder_names_a_type_of_a_folder_above_it()
    {
        var files = SourceTree.Files("src/TrtBindings").Concat(SourceTree.Templates())
            .Select(path => (Path: path, Layer: LayerOf(path))).ToArray();
        var owners = OwnersOfTypes(files);
        var offences = new List<string>();
        var edges = 0;
        foreach (var (path, layer) in files)
        {
            var code = SourceTree.WithoutCommentsAndText(SourceTree.Read(path));
            var names = Identifier().Matches(code).Select(match => match.Value).Distinct();
            foreach (var name in names)
            {
                if (!owners.TryGetValue(name, out var owner) || owner == layer || !CanSee(code, owner)) continue;
                if (SourceTree.IsMember(path, name)) continue;
                edges++;
                if (!Allowed[layer].Contains(owner)) offences.Add($"{path} names {name} of {owner}");
            }
        }

        offences.ShouldBeEmpty();
        edges.ShouldBeGreaterThan(50, "the walk found hardly any use of one folder by another: it is broken");
    }

    [Fact]
    public void Every_source_folder_has_a_rule() =>
        SourceTree.Files("src/TrtBindings").Select(LayerOf).Distinct().ShouldBeSubsetOf(Allowed.Keys);

    /// <summary>
    /// Whether a name can mean the type at all: a folder with a namespace of its own is seen through a using or a full
    /// name; public types of all folders share the namespace TrtBindings.
    /// </summary>
    private static bool CanSee(string code, string owner) =>
        owner is "Errors" or "Diagnostics" or "Tensors" or "Options" or "Backends" or "Runtime"
        || code.Contains($"TrtBindings.{owner.Replace('/', '.')}");

    /// <summary>The deepest rule that a path falls under.</summary>
    private static string LayerOf(string path)
    {
        var inside = Path.GetDirectoryName(path["src/TrtBindings/".Length..])!.Replace('\\', '/');
        return Allowed.Keys.Where(rule => inside == rule || inside.StartsWith(rule + "/", StringComparison.Ordinal))
            .MaxBy(rule => rule.Length) ?? inside;
    }

    private static Dictionary<string, string> OwnersOfTypes((string Path, string Layer)[] files)
    {
        var owners = new Dictionary<string, string>();
        foreach (var (path, layer) in files)
        {
            // A name of one letter, such as N, is a type parameter or a constant more often than the type.
            foreach (var type in SourceTree.Types(path).Where(type => type.Name.Length > 1)) owners[type.Name] = layer;
        }

        return owners;
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9_]*\b")]
    private static partial Regex Identifier();
}
