using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Allocations and calls of a warm run.</summary>
[Trait("Category", "Slow")]
public sealed class SteadyTests
{
    [SkippableTheory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void A_run_allocates_nothing(bool graphs, bool onDevice)
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(graphs: graphs), 4);
        using var memory = onDevice ? Place(model) : null;
        for (var run = 0; run < RunGraphs.RunsUntilChosen; run++) RunAll(model);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 200; run++) RunAll(model);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        model.Session.Lanes.All().Single().GraphCount.ShouldBe(graphs ? 2 : 0);
    }

    [SkippableFact]
    public void A_run_on_the_device_makes_few_calls_of_the_driver()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        using var memory = Place(model);
        string[] functions =
        [
            "cuCtxSetCurrent", "cuCtxGetCurrent", "cuStreamSynchronize", "cuGraphLaunch", "cuLaunchHostFunc", "cuStreamQuery",
            "cuMemAllocFromPoolAsync", "cuMemFreeAsync", "cuEventRecord", "cuMemcpyDtoDAsync",
        ];
        for (var run = 0; run < RunGraphs.RunsUntilChosen; run++) model.Binding.Run(default);
        var before = functions.ToDictionary(function => function, stand.Driver.Calls);
        for (var run = 0; run < 10; run++) model.Binding.Run(default);
        var calls = functions.ToDictionary(function => function, function => stand.Driver.Calls(function) - before[function]);
        calls["cuGraphLaunch"].ShouldBe(10);
        calls["cuStreamSynchronize"].ShouldBe(10);
        calls["cuCtxSetCurrent"].ShouldBe(20, "the context once, and what the thread had before");
        calls["cuCtxGetCurrent"].ShouldBeLessThanOrEqualTo(40);
        calls.Values.Sum().ShouldBe(40 + calls["cuCtxGetCurrent"]);
    }

    [SkippableFact]
    public void Device_memory_is_flat_over_many_runs_and_many_rounds_of_loading()
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        long used = 0, after = 0;
        for (var round = 0; round < 200; round++)
        {
            using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 64);
            foreach (var batch in new[] { 1, 64, 5, 5, 5, 1, 1 })
            {
                model.Inputs.Resize(batch);
                model.Binding.Run(default);
            }

            var now = model.Session.MemoryUse();
            now.Lanes.ShouldBe(1);
            now.ScratchBytes.ShouldBe(4096);
            now.TensorBytes.ShouldBe(2 * 64 * 3 * sizeof(float));
            now.ProcessBytesInUse.ShouldBe(now.ScratchBytes + now.TensorBytes);
            now.ProcessBytesReserved.ShouldBeGreaterThanOrEqualTo(now.ProcessBytesInUse);
            if (round == 2) used = stand.Driver.UsedMemory(0);
            after = stand.Driver.UsedMemory(0);
        }

        // A round may begin before the driver has freed the memory of the last one. A leak would be 200 times that.
        after.ShouldBeLessThanOrEqualTo(3 * used);
        stand.ShouldBeClean();
    }

    private static void RunAll(BoundModel model)
    {
        RunAll(model, 4);
        RunAll(model, 2);
    }

    private static void RunAll(BoundModel model, nint batch)
    {
        for (var i = 0; i < model.Inputs.Tensors.Count; i++) model.Inputs.Tensors[i].SetLengths([batch, 2]);
        model.Binding.Run(default);
    }

    private static DeviceBuffer[] Buffers(BoundModel model) =>
        [.. model.Inputs.Tensors.Concat(model.Outputs.Tensors).Select(tensor =>
        {
            var buffer = DeviceBuffer.Over(model.Session.AllocateDevice(32));
            tensor.UseDeviceMemory(buffer);
            return buffer;
        })];

    private static Disposables Place(BoundModel model) => new(Buffers(model));

    private sealed class Disposables(DeviceBuffer[] buffers) : IDisposable
    {
        public void Dispose()
        {
            foreach (var buffer in buffers) buffer.Dispose();
        }
    }
}
