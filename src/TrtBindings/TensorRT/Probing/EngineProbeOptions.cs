namespace TrtBindings;

/// <summary>How <see cref="EngineProbe"/> starts its process.</summary>
public sealed record EngineProbeOptions
{
    private const int DefaultSeconds = 120;

    /// <summary>
    /// The program: one whose Main begins with <see cref="EngineProbe.TryRunChild"/>; <see langword="null"/> for this one.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>
    /// The named program's own arguments, before the probe's: for <c>dotnet</c>, the path of the .dll.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>After this the process is ended and the engine counts as one that hangs; 2 minutes by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan Timeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(Timeout));
            field = value;
        }
    } = TimeSpan.FromSeconds(DefaultSeconds);

    internal static EngineProbeOptions Default { get; } = new();
}
