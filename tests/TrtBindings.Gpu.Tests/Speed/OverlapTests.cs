using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Speed;

/// <summary>Copies run beside the GPU's work: two runs in flight take hardly longer than the longest of their parts.</summary>
public sealed unsafe class OverlapTests
{
    private const string Group = "overlap of copies and runs";
    private const int Batch = 16;
    private const int Times = 100;
    private const int Rounds = 5;
    private const double Share = 0.9;

    [SkippableFact]
    public void Upload_run_and_download_on_two_streams_overlap()
    {
        var entry = ReadyEngine.Require("unet_n1-16_fp32");
        using var model = Filter.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
        model.WarmUp(n: Batch);
        using var firstInputs = model.AllocateInputs(n: Batch);
        using var firstOutputs = model.AllocateOutputs(n: Batch);
        using var secondInputs = model.AllocateInputs(n: Batch);
        using var secondOutputs = model.AllocateOutputs(n: Batch);
        using var deviceInputs = model.AllocateInputs(n: Batch);
        using var deviceOutputs = model.AllocateOutputs(n: Batch);
        foreach (var inputs in (Filter.Inputs[])[firstInputs, secondInputs, deviceInputs]) InputFormula.Fill(inputs.Tensors[0]);
        OnDevice.Move(model, deviceInputs, deviceOutputs);
        var bytes = firstInputs.Tensors[0].CapacityInBytes;

        // All in turns, so that a clock that changes changes all of them.
        List<double> up = [], run = [], down = [], all = [], one = [];
        for (var round = 0; round < Rounds; round++)
        {
            up.Add(CopyTime(bytes, upload: true));
            run.Add(Time(() => model.Run(deviceInputs, deviceOutputs)));
            down.Add(CopyTime(bytes, upload: false));
            one.Add(Time(() => model.Run(firstInputs, firstOutputs)));
            all.Add(PipelineTime());
        }

        var (u, r, d) = (Statistics.Median(up), Statistics.Median(run), Statistics.Median(down));
        var pipeline = Statistics.Median(all);
        var sum = u + r + d;
        var possible = sum / Math.Max(u, Math.Max(r, d));
        FigureLog.Report(Group, $"unet FP32, batch {Batch}: upload, run, download alone",
            $"{u:F3} ms, {r:F3} ms, {d:F3} ms; one after the other in one call {Statistics.Median(one):F3} ms");
        FigureLog.Report(Group, "two in flight: time of each", $"{pipeline:F3} ms");
        FigureLog.Check(Group, "speed of two in flight against one by one, in parts of (up + run + down) / max",
            $"{sum / pipeline / possible:P1} ({sum / pipeline:F3} of {possible:F3})", "at least 90 %",
            sum / pipeline >= Share * possible);

        double PipelineTime()
        {
            var start = Stopwatch.GetTimestamp();
            var (first, second) = (model.RunAsync(firstInputs, firstOutputs), model.RunAsync(secondInputs, secondOutputs));
            for (var i = 1; i < Times; i++)
            {
                first.GetAwaiter().GetResult();
                first = model.RunAsync(firstInputs, firstOutputs);
                second.GetAwaiter().GetResult();
                second = model.RunAsync(secondInputs, secondOutputs);
            }

            first.GetAwaiter().GetResult();
            second.GetAwaiter().GetResult();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds / (2 * Times);
        }
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Times; i++) action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / Times;
    }

    /// <summary>Time of one copy between pinned and device memory, by the device's clock.</summary>
    private static double CopyTime(nint bytes, bool upload)
    {
        var context = GpuMachine.Context;
        using var stream = CudaStream.Create(context);
        using var host = PinnedMemory.Allocate(context, bytes);
        using var device = context.Allocator.Allocate(bytes, stream);
        using var start = CudaEvent.Create(context, timing: true);
        using var end = CudaEvent.Create(context, timing: true);
        Copy();
        start.Record(stream);
        for (var i = 0; i < Times; i++) Copy();
        end.Record(stream);
        end.Synchronize();
        return end.MillisecondsSince(start) / Times;

        void Copy()
        {
            if (upload) stream.CopyToDevice(device.Address, (void*)host.Address, bytes);
            else stream.CopyToHost((void*)host.Address, device.Address, bytes);
        }
    }
}
