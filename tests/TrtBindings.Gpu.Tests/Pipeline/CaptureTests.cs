using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>Captures while other threads of the process allocate, free and wait for the device.</summary>
public sealed class CaptureTests
{
    private const int Threads = 8;
    private const int Engines = 12;
    private const int CallsOfAnEngine = 8;

    private static readonly Lazy<bool> DriverCapturesBesideWaits = new(HasRightDriver);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Eight_foreign_threads_do_not_break_a_capture(bool onTensorRt)
    {
        var sample = SampleModel.Detect;
        using var model = onTensorRt ? sample.LoadReady("fp32") : sample.LoadOnProvider();
        var isDriverRight = DriverCapturesBesideWaits.Value;
        using var cpu = sample.Open(model, new(Processing.Cpu));
        var pictures = sample.Pictures();
        Outcome[][] expected = [.. pictures.Select(cpu.One)];
        var comparison = new OutcomeComparison();
        var errors = new List<string>();
        using var stop = new CancellationTokenSource();
        var foreign = Enumerable.Range(0, Threads).Select(number => new Thread(() => Disturb(number, isDriverRight, stop.Token))
        {
            IsBackground = true,
        }).ToArray();
        foreach (var thread in foreign) thread.Start();
        // Each engine has work of its own, and is captured anew.
        for (var i = 0; i < Engines; i++)
        {
            using var gpu = sample.Open(model, new(Processing.Gpu));
            for (var call = 0; call < CallsOfAnEngine; call++)
            {
                var index = (i + call) % pictures.Length;
                try
                {
                    comparison.Add(expected[index], gpu.One(pictures[index]));
                }
                catch (TrtBindingsException e)
                {
                    errors.Add(e.Message);
                }
            }
        }

        stop.Cancel();
        foreach (var thread in foreign) thread.Join();
        var first = errors.Count > 0 ? $", first {errors[0]}" : "";
        var waits = isDriverRight ? "" : " for streams (for the whole GPU the driver itself ends the process)";
        PipelineFigures.Check($"captures beside {Threads} threads that allocate and wait{waits}, {model.Backend}",
            $"{errors.Count} errors{first}; {comparison}", "0 errors, " + OutcomeComparison.Bar,
            errors.Count == 0 && comparison.Holds && comparison.Finds > 0);
    }

    /// <summary>Whether the driver lives through captures beside a wait for the whole GPU, without this library's work.</summary>
    private static bool HasRightDriver()
    {
        var (code, output) = ChildProcess.Run("capture");
        PipelineFigures.Report("a capture of nothing, in a loop of 3 s, beside a thread that waits for the whole GPU", code switch
        {
            0 => "right",
            139 => "the driver ends the process with a segmentation fault",
            _ => $"exit code {code}: {output}",
        });
        code.ShouldBeOneOf([0, 139], output);
        return code == 0;
    }

    /// <summary>What other libraries of a process do: allocate, free, and wait for a stream or the whole context.</summary>
    private static unsafe void Disturb(int number, bool waitsForAll, CancellationToken stop)
    {
        var context = GpuMachine.Context;
        using var scope = context.Enter();
        using var stream = CudaStream.Create(context);
        while (!stop.IsCancellationRequested)
        {
            nint address;
            // A refusal here is the foreign library's affair: during a capture the driver may refuse this thread.
            if (context.Api.MemAlloc(&address, (nuint)(1 << (10 + number))) == CudaResult.Success)
                _ = context.Api.MemFree(address);
            switch (number % 4)
            {
                case 0 when waitsForAll:
                    Record.Exception(context.Synchronize);
                    break;
                case 0 or 1:
                    _ = context.Api.StreamSynchronize(stream.Raw);
                    break;
                case 2:
                    using (context.Allocator.Allocate(4096))
                    {
                    }

                    break;
                default:
                    using (PinnedMemory.Allocate(context, 4096))
                    {
                    }

                    break;
            }
        }
    }
}
