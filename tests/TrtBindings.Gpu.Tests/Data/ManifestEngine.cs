using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>One engine, or a model that TensorRT refused.</summary>
internal sealed record ManifestEngine
{
    public required string Engine { get; init; }

    /// <summary>File name of the model, or its path below <c>tensorrt/</c>.</summary>
    public required string Model { get; init; }

    [JsonPropertyName("build_s")]
    public double? BuildSeconds { get; init; }

    public string[]? Flags { get; init; }

    /// <summary>Per profile and input: smallest, best and largest shape.</summary>
    public Dictionary<string, long[][]>[]? Profiles { get; init; }

    public ManifestTensor[]? Io { get; init; }

    public ManifestCase[]? Cases { get; init; }

    /// <summary>What the parser said of a model that it refused: text, node, operator.</summary>
    [JsonPropertyName("parse_error")]
    public string[][]? ParseErrors { get; init; }

    /// <summary>Whether it was built at all.</summary>
    public bool IsBuilt => ParseErrors is null;

    public override string ToString() => Engine;

    /// <summary>The engine's file; skips the test where it is missing.</summary>
    public string PlanPath()
    {
        var path = Path.Combine(GpuData.RequireUnpacked("tensorrt/engines"), Engine + ".plan");
        Skip.IfNot(File.Exists(path), $"The engine {Engine} is missing.");
        return path;
    }

    /// <summary>The model's file; skips the test where it is missing.</summary>
    public string ModelPath()
    {
        if (Model.Contains('/')) return GpuData.Require("tensorrt/" + Model);
        // One name is not unique: the folder is told by the engine's.
        var pattern = Engine == "nonzero_static_bool" ? "onnx_node__test_nonzero_example" : "";
        var found = Directory.EnumerateFiles(GpuData.Require("realmodels"), Model, SearchOption.AllDirectories)
            .Where(path => path.Contains(pattern, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
        Skip.If(found is null, $"The model {Model} is missing below realmodels.");
        return found!;
    }

    /// <summary>A reference result; <see langword="null"/> where it was left out.</summary>
    public static NpyFile? Reference(ManifestResult result) => result.Ref is null
        ? null
        : NpyFile.Read(Path.Combine(GpuData.RequireUnpacked("tensorrt/ref"), result.Ref["ref/".Length..]));

    /// <summary>Kind of an input as the manifest says it: a name, or the values.</summary>
    internal static bool IsNamed(JsonElement? kind, string name) =>
        kind is { ValueKind: JsonValueKind.String } text && text.GetString() == name;
}
