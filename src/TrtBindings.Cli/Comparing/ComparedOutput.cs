namespace TrtBindings.Cli.Comparing;

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
