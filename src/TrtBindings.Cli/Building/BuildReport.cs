using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Building;

/// <summary>What <c>trtb build</c> did, for JSON.</summary>
internal sealed record BuildReport
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The engine: in the cache, or where it was asked for.</summary>
    public required string Engine { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>False if the cache had it.</summary>
    public required bool WasBuilt { get; init; }

    /// <summary>Time to find or to build it.</summary>
    public required double Seconds { get; init; }

    /// <summary>The TensorRT that built it and runs it.</summary>
    public required string TensorRt { get; init; }

    /// <summary>The GPU that built it.</summary>
    public required string Gpu { get; init; }

    /// <summary>What it may compute in.</summary>
    public required string Precision { get; init; }

    /// <summary>Sizes that it was built for.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Where the time of the build went; none if the cache had it.</summary>
    public BuildParts? Parts { get; init; }

    /// <summary>Types that its layers compute in.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>Nodes that compute in 32 bits in spite of the precision.</summary>
    public required IReadOnlyList<string> KeptNodes { get; init; }

    /// <summary>How it answered beside ONNX Runtime.</summary>
    public string? Parity { get; init; }
}

/// <summary>Seconds of a build's parts.</summary>
internal sealed record BuildParts(
    double Waiting, double Starting, double Reading, double Building, double Comparing, double Storing);

/// <summary>How a <see cref="BuildReport"/> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildReport))]
internal sealed partial class BuildJson : JsonSerializerContext;
