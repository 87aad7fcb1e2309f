using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>A packed export in ../shared, what its predictor found, and what our rules say about the file.</summary>
internal sealed class Export : IDisposable
{
    private const string Root = "exports/";
    private readonly JsonDocument _reference;

    private Export(string name)
    {
        Model = UntypedModel.Load(Packed.Require(name + ".xz"));
        _reference = JsonDocument.Parse(File.ReadAllBytes(Shared.Require(Path.ChangeExtension(name, ".ref.json"))));
        Match = FamilyRules.Match(Model.Description, ModelLabels.Of(Model.Description).Count, "");
    }

    public UntypedModel Model { get; }

    /// <summary>The family that the generator gives the model.</summary>
    public FamilyMatch? Match { get; }

    /// <summary>What the predictor found, by variant and picture.</summary>
    public JsonElement Pictures => _reference.RootElement.GetProperty("pictures");

    /// <summary>All exports of Ultralytics'; one empty name where there are none.</summary>
    public static TheoryData<string> All() => Packed.Names(".onnx", Root + "old", Root + "ultra");

    public static Export Load(string name)
    {
        Skip.If(name.Length == 0, $"../shared/{Root} is not there.");
        return new(name);
    }

    public static ImageMemory Picture(string name) => PhotoFile.Read(Shared.Require($"{Root}pics/{name}"));

    public void Dispose()
    {
        Model.Dispose();
        _reference.Dispose();
    }
}
