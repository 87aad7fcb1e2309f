using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Comparing;

/// <summary>What <c>trtb compare</c> found, for JSON.</summary>
internal sealed record CompareReport
{
    /// <summary>What the other side is measured by.</summary>
    public required SideReport Reference { get; init; }

    /// <summary>What is measured.</summary>
    public required SideReport Other { get; init; }

    /// <summary>The precision whose tolerance was applied, and why that one.</summary>
    public required string Precision { get; init; }

    /// <summary>The tolerance.</summary>
    public required ParityTolerance Tolerance { get; init; }

    /// <summary>Whether all runs are within it, and there was a number to compare.</summary>
    public required bool Passed { get; init; }

    /// <summary>A result for each part of each output in each run.</summary>
    public required IReadOnlyList<ComparedOutput> Results { get; init; }
}

/// <summary>One side of a comparison.</summary>
internal sealed record SideReport(string File, string Backend);

/// <summary>How a <see cref="CompareReport"/> is written. A difference may be infinite, which JSON writes as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CompareReport))]
internal sealed partial class CompareJson : JsonSerializerContext;
