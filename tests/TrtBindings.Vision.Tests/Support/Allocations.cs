namespace TrtBindings.Vision.Tests.Support;

/// <summary>Counts what a warm call allocates.</summary>
internal static class Allocations
{
    /// <summary>The smallest of several calls, because the runtime may allocate while it recompiles a method.</summary>
    public static long Of(Action call)
    {
        for (var i = 0; i < 4; i++) call();
        var least = long.MaxValue;
        for (var i = 0; i < 6; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
