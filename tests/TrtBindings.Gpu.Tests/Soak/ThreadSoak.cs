using System.Collections.Concurrent;

namespace TrtBindings.Gpu.Tests.Soak;

/// <summary>Work on many threads at once, while another thread forces collections.</summary>
internal static class ThreadSoak
{
    /// <summary>Runs the work on each thread, and waits for all of them.</summary>
    /// <param name="threads">Number of threads.</param>
    /// <param name="collect">Called again and again on the collecting thread until the work is done.</param>
    /// <param name="work">The work of a thread, which gets its number. What it throws is a problem.</param>
    /// <returns>The problems, and how often <paramref name="collect"/> was called.</returns>
    public static (ConcurrentQueue<Exception> Problems, int Collections) Run(int threads, Action collect, Action<int> work)
    {
        var problems = new ConcurrentQueue<Exception>();
        var done = false;
        var collections = 0;
        var collector = new Thread(() =>
        {
            for (; !Volatile.Read(ref done); collections++) collect();
        });
        collector.Start();
        Thread[] all = [.. Enumerable.Range(0, threads).Select(number => new Thread(() => Keep(number)))];
        foreach (var thread in all) thread.Start();
        foreach (var thread in all) thread.Join();
        Volatile.Write(ref done, true);
        collector.Join();
        return (problems, collections);

        void Keep(int number)
        {
            try
            {
                work(number);
            }
            catch (Exception e)
            {
                problems.Enqueue(e);
                Console.Error.WriteLine(e);
            }
        }
    }
}
