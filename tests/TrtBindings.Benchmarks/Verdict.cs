namespace TrtBindings.Benchmarks;

/// <summary>How a figure stands against its bar.</summary>
internal enum Verdict
{
    /// <summary>Within the bar.</summary>
    Held,
    /// <summary>Outside the bar.</summary>
    Missed,
    /// <summary>Not measured: something that it needs is absent.</summary>
    NotRun,
    /// <summary>A figure beside another one, without a bar of its own.</summary>
    NoBar,
}
