namespace TrtBindings.Benchmarks;

/// <summary>The result of comparing a figure with its bar.</summary>
internal enum Verdict
{
    /// <summary>Within the bar.</summary>
    Held,
    /// <summary>Outside the bar.</summary>
    Missed,
    /// <summary>Not measured, because something that it needs is absent.</summary>
    NotRun,
    /// <summary>A figure without a bar, for comparison with another one.</summary>
    NoBar,
}
