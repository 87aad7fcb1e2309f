using System.Runtime.CompilerServices;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Too little memory, a lost GPU, and disposal at any time.</summary>
[Trait("Category", "Slow")]
public sealed class FaultTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData(10, 0)]
    [InlineData(10, 16)]
    public void Too_little_device_memory_is_a_typed_error_and_the_model_stays_usable(int major, int minor)
    {
        using var stand = new GpuStandIns(major, minor);
        stand.Trt.Set("scratchBytes", 8 << 20);
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4))
        {
            stand.Driver.SetMemory(0, 4 << 20);
            var error = Should.Throw<DeviceMemoryException>(() => model.Binding.Run(default));
            error.RequestedBytes.ShouldBe(8 << 20);
            Should.Throw<DeviceMemoryException>(() => model.Binding.Run(default));
            stand.Driver.SetMemory(0, 1 << 30);
            model.Fill(3);
            model.Run();
            model.Floats()[0].ShouldBe(106);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Scratch_memory_that_was_refused_to_one_profile_is_not_missed_by_another()
    {
        using var stand = new GpuStandIns();
        stand.Trt.Set("scratchStep", 4 << 20);
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 64))
        {
            foreach (var graphs in new[] { 1, 4 })
            {
                stand.Driver.SetMemory(0, 3 << 20);
                for (var run = 0; run < graphs; run++) Check(model, 5);
                Should.Throw<DeviceMemoryException>(() => Check(model, 40)).RequestedBytes.ShouldBe(4096 + (8 << 20));
                Check(model, 5);
            }

            stand.Driver.SetMemory(0, 1 << 30);
            foreach (var batch in new[] { 40, 5, 1, 40, 40, 5, 5, 1, 1 }) Check(model, batch);
            model.Session.MemoryUse().ScratchBytes.ShouldBe(4096 + (8 << 20));
        }

        stand.ShouldBeClean();

        static void Check(BoundModel model, int batch)
        {
            model.Inputs.Resize(batch);
            model.Fill(-3);
            model.Run();
            model.Floats().ShouldBe(model.Input().Select(x => Math.Max(x, 0)));
        }
    }

    [SkippableFact]
    public void Memory_that_was_refused_before_is_no_cause_of_a_later_error()
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4))
        {
            model.Run();
            var memory = new HostGpuMemory(model.Session.Context.Allocator);
            Should.Throw<DeviceMemoryException>(() => memory.Allocate(1ul << 50, 256, 0));
            stand.Trt.Set("fail.enqueue", -1);
            var error = Should.Throw<TensorRtException>(() => { for (var run = 0; run < 3; run++) model.Binding.Run(default); });
            error.Function.ShouldContain("enqueueV3");
            stand.Trt.Set("fail.enqueue", 0);
            model.Run();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_lost_GPU_throws_in_its_models_and_everything_can_be_disposed()
    {
        using var stand = new GpuStandIns();
        var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        using var pinned = model.Session.HostMemory.Allocate("x", 64);
        using var device = DeviceBuffer.Over(model.Session.AllocateDevice(64));
        model.Run();
        stand.Driver.LoseDevice(0, 719);
        Should.Throw<DeviceLostException>(() => model.Binding.Run(default)).Device.ShouldContain("GPU 0");
        Should.Throw<DeviceLostException>(() => model.Binding.Run(default));
        Should.Throw<DeviceLostException>(() => model.Session.HostMemory.Allocate("y", 64));
        Should.Throw<DeviceLostException>(() => stand.Open(Engines.Add, Engines.AddSignature));
        model.Session.MemoryUse().DeviceFreeBytes.ShouldBe(-1);
        model.Dispose();
        stand.Trt.ShouldBeClean("engine", "context");

        var other = TensorRtHost.Open(stand.Options with { Gpu = GpuDevice.At(1) });
        using var plan = GpuStandIns.Read(stand.Trt.Plan(Engines.Add));
        using var engine = TensorRtSession.Open(other, plan, "other.engine", Engines.AddSignature, new());
        using var healthy = new BoundModel(engine, Engines.AddSignature, 4);
        healthy.Fill(1);
        healthy.Run();
        healthy.Floats()[0].ShouldBe(102);
    }

    [SkippableFact]
    public async Task An_engine_disposed_during_runs_lets_them_end_and_goes_with_the_last()
    {
        using var stand = new GpuStandIns();
        var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        using var other = model.Another(4);
        other.Run();
        stand.Driver.Hold(true);
        model.Fill(5);
        var running = model.Binding.RunAsync(default).AsTask();
        model.Session.Dispose();
        stand.Trt.Get("live.engine").ShouldBe(1);
        Should.Throw<ObjectDisposedException>(() => other.Binding.Run(default));
        Should.Throw<ObjectDisposedException>(() => model.Session.Bind(model.Inputs.Tensors, model.Outputs.Tensors));
        Should.Throw<ObjectDisposedException>(() => model.Session.Inspect());
        stand.Driver.Hold(false);
        await running.WaitAsync(Guard);
        model.Floats()[0].ShouldBe(110);
        stand.ShouldBeClean();
        model.Dispose();
    }

    [SkippableFact]
    public void What_nobody_disposes_is_freed_by_the_finalizer()
    {
        using var stand = new GpuStandIns();
        Forget(stand);
        for (var round = 0; round < 20 && stand.Trt.Get("live.engine") > 0; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void Layers_are_timed_and_inspected()
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4))
        {
            model.Fill(1);
            model.Poison();
            model.Session.MeasureLayers(model.Binding).ShouldBe([new LayerTime("sum", 0.25)]);
            model.Floats()[0].ShouldBe(102);
            stand.Trt.Get("live.context").ShouldBe(0);
            model.Session.Inspect().ShouldContain("\"Layers\": [\"sum\"]");
            stand.Trt.Set("fail.enqueue", 1);
            Should.Throw<TensorRtException>(() => model.Session.MeasureLayers(model.Binding));
            model.Run();
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void The_application_s_stream_is_used_and_left_to_it()
    {
        using var stand = new GpuStandIns();
        using var stream = TrtBindings.Interop.Cuda.CudaStream.Create(stand.Host.Context);
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(stream: stream.Raw), 4))
        {
            for (var run = 0; run < 4; run++)
            {
                model.Fill(run);
                model.Run();
                model.Floats()[0].ShouldBe(100 + (2 * run));
            }

            var lane = model.Session.Lanes.All().Single();
            lane.Stream.Raw.ShouldBe(stream.Raw);
            lane.GraphCount.ShouldBe(1);
            stand.Driver.Calls("cuStreamCreateWithPriority").ShouldBe(2, "the application may use its stream during a recording");
            stand.Driver.Live("streams").ShouldBe(1);
        }

        stream.Synchronize();
        using var wrong = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(stream: 2), 4);
        Should.Throw<CudaException>(() => wrong.Binding.Run(default)).Message.ShouldContain("default stream cannot be used");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(GpuStandIns stand)
    {
        var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        for (var run = 0; run < 4; run++) model.Run();
        model.Binding.RunAsync(default).AsTask().Wait(Guard).ShouldBeTrue();
    }
}
