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
            while (!stop.IsCancellationRequested) context.Synchronize();
        });
        waits.Start();
        using var entered = context.Enter();
        using var stream = CudaStream.Create(context);
        while (!stop.IsCancellationRequested)
        {
            nint graph;
            context.Check(context.Api.StreamBeginCapture(stream.Raw, 1), "cuStreamBeginCapture");
            context.Check(context.Api.StreamEndCapture(stream.Raw, &graph), "cuStreamEndCapture");
            if (graph != 0) context.Check(context.Api.GraphDestroy(graph), "cuGraphDestroy");
        }

        waits.Join();
        return 0;
    }
}
