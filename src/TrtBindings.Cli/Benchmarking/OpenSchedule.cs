using System.Diagnostics;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>
/// Due times of an open loop: requests come at a rate, as from outside, and do not wait for earlier ones. A run that begins late
/// because the ones before it took too long has the wait in its latency.
/// </summary>
/// <param name="rate">Requests a second.</param>
/// <param name="first">When the first is due, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="count">Number of requests.</param>
/// <param name="fewest">Requests that are done however late they begin.</param>
/// <param name="longest">
/// After this, from the first on, no other begins: at a rate far above what the model can do the last one would begin hours late.
/// </param>
internal sealed class OpenSchedule(double rate, long first, int count, int fewest, TimeSpan longest)
{
    /// <summary>Below this a sleep is too coarse, and the thread spins.</summary>
    private static readonly TimeSpan Spins = TimeSpan.FromMilliseconds(2);

    /// <summary>Above this a wait must end with Ctrl-C. A sleep below it is more exact than such a wait.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(200);

    private readonly long _end = first + (long)(longest.TotalSeconds * Stopwatch.Frequency);
    private int _next;
    private long _latest;

    /// <summary>How long after its due time the latest run began.</summary>
    public TimeSpan LatestStart => Stopwatch.GetElapsedTime(0, _latest);

    /// <summary>Number of requests that came.</summary>
    public int Count => count;

    /// <summary>Takes the next request.</summary>
    /// <param name="due">Its due time, in ticks of <see cref="Stopwatch"/>.</param>
    /// <returns>False if there are no more, or those that wait have become too late.</returns>
    public bool TryTake(out long due)
    {
        var index = Interlocked.Increment(ref _next) - 1;
        due = first + (long)(index / rate * Stopwatch.Frequency);
        return index < count && (index < fewest || Stopwatch.GetTimestamp() < _end);
    }

    /// <summary>Waits until a time: asleep while it is far, and in a loop at the end.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public static void WaitUntil(long due, CancellationToken cancellation)
    {
        while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
        {
            if (left > LongestSleep) cancellation.WaitHandle.WaitOne(LongestSleep / 2);
            else if (left > Spins) Thread.Sleep(left - Spins);
            else Thread.SpinWait(20);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Notes how late a run begins.</summary>
    public void NoteStart(long due)
    {
        var late = Stopwatch.GetTimestamp() - due;
        var known = Volatile.Read(ref _latest);
        while (late > known)
        {
            var before = Interlocked.CompareExchange(ref _latest, late, known);
            if (before == known) return;
            known = before;
        }
    }
}
