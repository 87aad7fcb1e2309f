namespace TrtBindings.Tests.Architecture;

/// <summary>The one-way dependencies between the folders of src/TrtBindings, read off the sources.</summary>
public sealed class LayerTests
{
    private const string Root = "src/TrtBindings/";

    /// <summary>Folder to the folders whose types it may name. A folder always may name its own.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ModelFiles"] = [],
        ["ModelFiles/Onnx"] = ["ModelFiles"],
        ["ModelFiles/Families"] = ["ModelFiles"],
        ["Errors"] = [],
        ["Interop/Native"] = [],
        ["Interop/Cuda"] = ["Errors", "Interop/Native"],
        ["Interop/TensorRT/Raw"] = ["Errors"],
        ["Interop/TensorRT/Discovery"] = ["Errors", "Interop/Native", "Interop/TensorRT/Raw"],
        ["Interop/TensorRT"] =
            ["Errors", "Interop/Native", "Interop/Cuda", "Interop/TensorRT/Raw", "Interop/TensorRT/Discovery"],
        ["Tensors"] = ["ModelFiles", "Errors", "Interop/Cuda"],
        ["Gpu"] = ["Errors", "Tensors", "Interop/Cuda"],
        ["Options"] = ["ModelFiles", "Errors", "Tensors"],
        ["Backends"] =
            ["ModelFiles", "ModelFiles/Onnx", "ModelFiles/Families", "Options", "Tensors", "Gpu", "Errors", "Interop/Cuda"],
        ["Parity"] = ["ModelFiles", "ModelFiles/Families", "Options", "Tensors", "Errors", "Backends"],
        ["OnnxRuntime"] =
            ["ModelFiles", "Options", "Tensors", "Gpu", "Errors", "Backends", "Interop/Native", "Interop/Cuda"],
        ["TensorRT"] =
        [
            "ModelFiles", "ModelFiles/Onnx", "Options", "Tensors", "Gpu", "Errors", "Backends", "Interop/Native",
            "Interop/Cuda", "Interop/TensorRT", "Interop/TensorRT/Raw", "Interop/TensorRT/Discovery",
        ],
        ["Runtime"] = ["ModelFiles", "Options", "Tensors", "Gpu", "Errors", "Backends", "OnnxRuntime", "TensorRT", "Parity"],
    };

    [Fact]
    public void No_folder_names_a_type_of_a_folder_above_it()
    {
        var arrows = FolderGraph.Read().Arrows.Where(arrow => IsInside(arrow.Key.From) && IsInside(arrow.Key.To))
            .Select(arrow => (From: LayerOf(arrow.Key.From), To: LayerOf(arrow.Key.To), Uses: arrow.Value))
            .Where(arrow => arrow.From != arrow.To).ToArray();

        arrows.Where(arrow => !Allowed[arrow.From].Contains(arrow.To))
            .Select(arrow => $"{arrow.From} -> {arrow.To}: {string.Join(", ", arrow.Uses)}").ShouldBeEmpty();
        arrows.Length.ShouldBeGreaterThan(40, "the walk found hardly any use of one folder by another: it is broken");
    }

    [Fact]
    public void Every_source_folder_has_a_rule() =>
        FolderGraph.Read().Folders.Where(IsInside).Select(LayerOf).Distinct().ShouldBeSubsetOf(Allowed.Keys);

    private static bool IsInside(string folder) => folder.StartsWith(Root, StringComparison.Ordinal);

    /// <summary>The deepest rule that a folder falls under.</summary>
    private static string LayerOf(string folder)
    {
        var inside = folder[Root.Length..];
        return Allowed.Keys.Where(rule => inside == rule || inside.StartsWith(rule + "/", StringComparison.Ordinal))
            .MaxBy(rule => rule.Length) ?? inside;
    }
}
