using System.Diagnostics;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>Describes one model in a process that has done nothing before.</summary>
internal static class DescribeProcess
{
    public static int Run(string path)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        using var stream = new CountingStream(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0));
        var description = OnnxModelReader.Read(stream);
        var time = Stopwatch.GetElapsedTime(started);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (description.NodeCount != SparseModel.NodeCount || description.FindMetadata("last") != "yes") return 1;
        ChildProcess.Answer(time.TotalMilliseconds, stream.BytesAsked, allocated);
        return 0;
    }
}
