namespace TrtBindings.Cli.Benchmarking;

/// <summary>How a benchmark is taken.</summary>
internal sealed record BenchSettings
{
    /// <summary>Fewest runs, however long they take.</summary>
    public const int FewestRuns = 10;

    /// <summary>Fewest runs before anything is measured: TensorRT captures and tries its graph in the first ones.</summary>
    public const int FewestWarmUps = 5;

    /// <summary>How long to run before anything is measured.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>How long to measure.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Runs a second that are due, whether earlier ones are done or not; null for one after the other.</summary>
    public double? Rate { get; init; }
}
