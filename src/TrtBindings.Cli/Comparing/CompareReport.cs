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

/// <summary>How near one part of an output came in one run.</summary>
internal sealed record ComparedOutput
{
    /// <summary>The run, such as <c>batch 4, equal</c>: all rows of the batch are equal.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the output.</summary>
    public required string Output { get; init; }

    /// <summary>The part of it; empty for all of it.</summary>
    public required string Part { get; init; }

    /// <summary>Largest difference.</summary>
    public required double Largest { get; init; }

    /// <summary>Largest magnitude of the reference.</summary>
    public required double Range { get; init; }

    /// <summary>Index of the largest difference in each dimension.</summary>
    public required IReadOnlyList<long> LargestAt { get; init; }

    /// <summary>What the reference has there.</summary>
    public required double Expected { get; init; }

    /// <summary>What the other side has there.</summary>
    public required double Actual { get; init; }

    /// <summary>Mean difference.</summary>
    public required double Mean { get; init; }

    /// <summary>Cosine of the angle between both.</summary>
    public required double Cosine { get; init; }

    /// <summary>The factor that fits the reference best.</summary>
    public required double Gain { get; init; }

    /// <summary>Share of decisions that are the same, where there are some.</summary>
    public double? Agreement { get; init; }

    /// <summary>Index of the output's first element that differs at all; none if all bits are equal.</summary>
    public IReadOnlyList<long>? FirstDifference { get; init; }

    /// <summary>Elements of the reference's output that are numbers. Without one there was nothing to compare.</summary>
    public required long Numbers { get; init; }

    /// <summary>What is beyond the tolerance.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the output's rows are those of the reference in another order.</summary>
    public bool IsPermuted { get; init; }
}

/// <summary>How a <see cref="CompareReport"/> is written. A difference may be infinite, which JSON writes as text.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CompareReport))]
internal sealed partial class CompareJson : JsonSerializerContext;
