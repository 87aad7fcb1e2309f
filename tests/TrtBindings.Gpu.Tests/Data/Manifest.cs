using System.Text.Json;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>What was built elsewhere, what it answered there, and what was refused.</summary>
/// <param name="BuiltWith">TensorRT's version and common options.</param>
/// <param name="Gpu">The GPU that the engines were built on.</param>
/// <param name="ComputeCapability">Its compute capability, two numbers.</param>
/// <param name="Engines">Engines, and models that got none.</param>
internal sealed record Manifest(string BuiltWith, string Gpu, int[] ComputeCapability, ManifestEngine[] Engines)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<Manifest?> Loaded = new(() => GpuData.Find("tensorrt/manifest.json") is { } path
        ? JsonSerializer.Deserialize<Manifest>(File.ReadAllBytes(path), Options)
        : null);

    /// <summary>The manifest; skips the test where it is missing.</summary>
    public static Manifest Require()
    {
        GpuData.Require("tensorrt/manifest.json");
        return Loaded.Value!;
    }

    /// <summary>An engine of the manifest by its name; skips the test where it has none of that name.</summary>
    public static ManifestEngine Require(string engine)
    {
        var found = Require().Engines.SingleOrDefault(entry => entry.Engine == engine);
        Skip.If(found is null, $"The manifest has no engine {engine}.");
        return found!;
    }
}
