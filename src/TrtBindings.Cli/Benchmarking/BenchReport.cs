using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>What <c>trtb bench</c> measured, for JSON. All times are in milliseconds.</summary>
internal sealed record BenchReport
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The machine: its processor count and system.</summary>
    public required string Machine { get; init; }

    /// <summary>Runs a second that were due; none if each run began when the one before had ended.</summary>
    public double? Rate { get; init; }

    /// <summary>One for each backend, batch and number of threads.</summary>
    public required IReadOnlyList<BenchResult> Results { get; init; }
}

/// <summary>How a <see cref="BenchReport"/> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
