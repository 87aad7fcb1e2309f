namespace TrtBindings.TensorRT.Running;

/// <summary>Looks after the runs that nobody waits for: a driver does not call back on a GPU that is lost.</summary>
internal static class AsyncWatch
{
    private const int IntervalMilliseconds = 200;

    private static readonly Lock Gate = new();
    private static readonly HashSet<AsyncRun> Runs = [];
    private static readonly Timer Clock = new(static _ => Look(), null, Timeout.Infinite, Timeout.Infinite);

    /// <summary>Looks after a run from now on, unless it is over already.</summary>
    public static void Add(AsyncRun run)
    {
        lock (Gate)
        {
            if (run.IsOver || !Runs.Add(run)) return;
            if (Runs.Count == 1) Clock.Change(IntervalMilliseconds, IntervalMilliseconds);
        }
    }

    /// <summary>The run is over.</summary>
    public static void Remove(AsyncRun run)
    {
        lock (Gate)
        {
            if (Runs.Remove(run) && Runs.Count == 0) Clock.Change(Timeout.Infinite, Timeout.Infinite);
        }
    }

    private static void Look()
    {
        AsyncRun[] runs;
        lock (Gate) runs = [.. Runs];
        foreach (var run in runs) run.Check();
    }
}
