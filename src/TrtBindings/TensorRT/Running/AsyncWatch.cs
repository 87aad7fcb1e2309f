namespace TrtBindings.TensorRT.Running;

/// <summary>Polls asynchronous runs for a lost GPU, because the driver does not call back then.</summary>
internal static class AsyncWatch
{
    private const int IntervalMilliseconds = 200;

    private static readonly Lock Gate = new();
    private static readonly HashSet<AsyncRun> Runs = [];
    private static readonly Timer Clock = new(static _ => Look(), null, Timeout.Infinite, Timeout.Infinite);

    /// <summary>Starts to watch a run, unless it has already ended.</summary>
    public static void Add(AsyncRun run)
    {
        lock (Gate)
        {
            if (run.IsOver || !Runs.Add(run)) return;
            if (Runs.Count == 1) Clock.Change(IntervalMilliseconds, IntervalMilliseconds);
        }
    }

    /// <summary>Stops watching a run that has ended.</summary>
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
