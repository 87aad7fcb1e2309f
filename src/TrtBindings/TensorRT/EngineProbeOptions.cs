using TrtBindings.Options;

namespace TrtBindings;

/// <summary>Options for the process that <see cref="EngineProbe"/> starts.</summary>
public sealed record EngineProbeOptions
{
    private const int DefaultSeconds = 120;

    /// <summary>
    /// A program whose Main begins with <see cref="EngineProbe.TryRunChild"/>; <see langword="null"/> for this program.
    /// </summary>
    public string? Program { get; set; }

    /// <summary>Arguments that the program needs before the probe's: for <c>dotnet</c>, the path of the .dll.</summary>
    public IList<string> Arguments { get; set; } = [];

    /// <summary>
    /// The process is killed after this time, and the engine counts as one that hangs; more than zero. 2 minutes by default.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(DefaultSeconds);

    /// <summary>A checked copy.</summary>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    internal EngineProbeOptions Snapshot()
    {
        const string Here = nameof(EngineProbeOptions);
        OptionCheck.NotNull(Arguments, Here, nameof(Arguments));
        if (Timeout <= TimeSpan.Zero) OptionCheck.Throw(Here, nameof(Timeout), $"is {Timeout}, and must be more than zero");
        return this with { Arguments = [.. Arguments] };
    }
}
