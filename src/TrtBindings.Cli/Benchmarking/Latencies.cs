using System.Diagnostics;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>The latencies of one thread's runs. Room for all is there before the first, so that noting one allocates
/// nothing.</summary>
internal sealed class Latencies
{
    private const int Room = 1 << 19;
    private readonly long[] _ticks = new long[Room];
    private int _count;

    /// <summary>Whether there is room for another.</summary>
    public bool HasRoom => _count < Room;

    /// <summary>Number of runs.</summary>
    public int Count => _count;

    /// <summary>Notes one, in ticks of <see cref="Stopwatch"/>.</summary>
    public void Add(long ticks) => _ticks[_count++] = ticks;

    /// <summary>All of them in milliseconds.</summary>
    public IEnumerable<double> Milliseconds() =>
        _ticks.Take(_count).Select(ticks => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds);
}
