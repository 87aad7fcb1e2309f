using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// In a child: captures of a stream on which nothing is queued, while another thread waits for the whole GPU. Nothing of this
/// library is in it but the calls themselves, so a process that it ends was ended by the driver: 580.159.04 does so within half
/// a second.
/// </summary>
internal static class BareCaptureChild
{
    // CU_STREAM_CAPTURE_MODE_THREAD_LOCAL, as CudaGraph's.
    private const int ThreadLocal = 1;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);

    /// <summary>Takes no arguments. Returns 0 if the process lives to the end.</summary>
    public static unsafe int Run(string[] arguments)
    {
        _ = arguments;
        var context = GpuMachine.Context;
        using var stop = new CancellationTokenSource(Time);
        var waits = new Thread(() =>
        {
            using var scope = context.Enter();
            while (!stop.IsCancellationRequested) Record.Exception(context.Synchronize);
        });
        waits.Start();
        using var entered = context.Enter();
        var stream = CudaStream.Create(context);
        while (!stop.IsCancellationRequested)
        {
            nint graph = 0;
            // A capture that the other thread breaks is an error of it, and no fault of the driver.
            var isWhole = context.Api.StreamBeginCapture(stream.Raw, ThreadLocal) == CudaResult.Success
                & context.Api.StreamEndCapture(stream.Raw, &graph) == CudaResult.Success;
            if (graph != 0) _ = context.Api.GraphDestroy(graph);
            if (isWhole) continue;
            stream.Dispose();
            stream = CudaStream.Create(context);
        }

        waits.Join();
        stream.Dispose();
        return 0;
    }
}
