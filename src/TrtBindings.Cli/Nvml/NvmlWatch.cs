namespace TrtBindings.Cli.Nvml;

/// <summary>Looks at a GPU every 50 ms while something runs.</summary>
internal sealed class NvmlWatch : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>NVML's bits that slow a GPU down which has work.</summary>
    private static readonly (ulong Bit, string Name)[] Brakes =
    [
        (0x4, "power limit"), (0x8, "hardware slowdown"), (0x20, "heat"), (0x40, "heat (hardware)"),
        (0x80, "power brake (hardware)"), (0x2, "clocks set by the administrator"),
    ];

    private readonly NvmlLibrary _nvml;
    private readonly List<NvmlSample> _samples = [];
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    private NvmlWatch(NvmlLibrary nvml)
    {
        _nvml = nvml;
        _thread = new(Look) { IsBackground = true, Name = "NVML" };
        _thread.Start();
    }

    /// <summary>Begins to look at a GPU.</summary>
    /// <param name="uuid">The GPU.</param>
    /// <param name="problem">Why it cannot be looked at.</param>
    public static NvmlWatch? TryStart(string uuid, out string problem) =>
        NvmlLibrary.TryOpen(uuid, out problem) is { } nvml ? new(nvml) : null;

    /// <summary>Ends, and says what was seen.</summary>
    public GpuState End()
    {
        _end.Set();
        _thread.Join();
        uint[] clocks = [.. _samples.Select(one => one.Clock).OfType<uint>().Order()];
        double[] watts = [.. _samples.Select(one => one.Watts).OfType<double>()];
        uint[] heat = [.. _samples.Select(one => one.Celsius).OfType<uint>()];
        var bits = _samples.Aggregate(0UL, (all, one) => all | (one.Reasons ?? 0));
        return new()
        {
            ClockMin = clocks.Length > 0 ? clocks[0] : null,
            ClockMedian = clocks.Length > 0 ? clocks[clocks.Length / 2] : null,
            ClockMost = _nvml.MostClock,
            WattsMean = watts.Length > 0 ? watts.Average() : null,
            WattsMax = watts.Length > 0 ? watts.Max() : null,
            CelsiusMax = heat.Length > 0 ? heat.Max() : null,
            Throttled = [.. Brakes.Where(brake => (bits & brake.Bit) != 0).Select(brake => brake.Name)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _nvml.Dispose();
        _end.Dispose();
    }

    private void Look()
    {
        do _samples.Add(_nvml.Read());
        while (!_end.Wait(Between));
    }
}

/// <summary>What a GPU did during a benchmark; null for what it does not report.</summary>
internal sealed record GpuState
{
    /// <summary>Lowest clock of its processors in MHz.</summary>
    public uint? ClockMin { get; init; }

    /// <summary>Median clock in MHz.</summary>
    public uint? ClockMedian { get; init; }

    /// <summary>The highest clock that it has, in MHz.</summary>
    public uint? ClockMost { get; init; }

    /// <summary>Mean power in watts.</summary>
    public double? WattsMean { get; init; }

    /// <summary>Highest power in watts.</summary>
    public double? WattsMax { get; init; }

    /// <summary>Highest temperature in degrees Celsius.</summary>
    public uint? CelsiusMax { get; init; }

    /// <summary>What held the clock back.</summary>
    public IReadOnlyList<string> Throttled { get; init; } = [];
}
