using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>A packed export in ../shared, what its predictor found, and what our rules say about the file.</summary>
internal sealed class Export : IDisposable
{
    private const string Root = "exports/";
    private readonly JsonDocument _reference;

    private Export(string name)
    {
        var path = Shared.Require($"{Root}{name}.onnx.xz");
        Bytes = Unpack(path);
        _reference = JsonDocument.Parse(File.ReadAllBytes(Shared.Require($"{Root}{name}.ref.json")));
        Model = UntypedModel.Load(Bytes);
        Match = FamilyRules.Match(Model.Description, ModelLabels.Of(Model.Description).Count, "");
    }

    public byte[] Bytes { get; }

    public UntypedModel Model { get; }

    /// <summary>The family that the generator gives the model.</summary>
    public FamilyMatch? Match { get; }

    /// <summary>What the predictor found, by variant and picture.</summary>
    public JsonElement Pictures => _reference.RootElement.GetProperty("pictures");

    /// <summary>The names of all exports of Ultralytics'; one empty name where there are none.</summary>
    public static TheoryData<string> All()
    {
        List<string> names = [];
        foreach (var folder in new[] { "old", "ultra" })
        {
            if (TestPaths.FindShared(Root + folder) is not { } path) continue;
            foreach (var file in Directory.EnumerateFiles(path, "*.onnx.xz").Order(StringComparer.Ordinal))
                names.Add($"{folder}/{Path.GetFileName(file)[..^".onnx.xz".Length]}");
        }

        var data = new TheoryData<string>();
        foreach (var name in names.DefaultIfEmpty("")) data.Add(name);
        return data;
    }

    public static Export Load(string name)
    {
        Skip.If(name.Length == 0, $"../shared/{Root} is not there.");
        return new(name);
    }

    public static ImageMemory Picture(string name) => Support.PhotoFile.Read(Shared.Require($"{Root}pics/{name}"));

    /// <summary>The bytes of a packed file; the program xz unpacks it.</summary>
    public static byte[] Unpack(string path)
    {
        try
        {
            using var xz = Process.Start(new ProcessStartInfo("xz", ["-dc", path]) { RedirectStandardOutput = true })!;
            using var bytes = new MemoryStream();
            xz.StandardOutput.BaseStream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Win32Exception)
        {
            Skip.If(true, "The program xz, which unpacks the models, is not there.");
            throw;
        }
    }

    public void Dispose()
    {
        Model.Dispose();
        _reference.Dispose();
    }
}
