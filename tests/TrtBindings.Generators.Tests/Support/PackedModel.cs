using System.Text.Json;

namespace TrtBindings.Generators.Tests;

/// <summary>A model of ../shared/exports, unpacked with its weights, and what was recorded about it.</summary>
internal sealed class PackedModel : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly JsonDocument _reference;

    /// <summary>Unpacks <c>NAME.onnx.xz</c> and every <c>NAME.onnx.*.xz</c> beside it with the program xz.</summary>
    public PackedModel(string name)
    {
        var packed = Shared.Require($"exports/{name}.onnx.xz");
        var (source, stem) = (Path.GetDirectoryName(packed)!, Path.GetFileNameWithoutExtension(packed));
        foreach (var file in Directory.GetFiles(source, stem + "*.xz"))
            _folder.Add(Path.GetFileNameWithoutExtension(file), Packed.Unpack(file));
        File = Path.Combine(_folder.Path, stem);
        _reference = JsonDocument.Parse(System.IO.File.ReadAllBytes(Shared.Require($"exports/{name}.ref.json")));
    }

    /// <summary>Path of the .onnx file.</summary>
    public string File { get; }

    /// <summary>What was recorded.</summary>
    public JsonElement Reference => _reference.RootElement;

    /// <summary>Names under a folder of ../shared/exports, as <c>other/name</c>; one empty name where it is absent.</summary>
    public static TheoryData<string> Names(string folder)
    {
        if (TestPaths.FindShared("exports/" + folder) is not { } root) return new() { folder + "/absent" };
        return [.. Directory.GetFiles(root, "*.onnx.xz").Order(StringComparer.Ordinal)
            .Select(file => $"{folder}/{Path.GetFileName(file)[..^".onnx.xz".Length]}")];
    }

    public void Dispose()
    {
        _reference.Dispose();
        _folder.Dispose();
    }
}
