using System.Runtime.InteropServices;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Kernels that fault, lost devices and too little memory with work around the runs.</summary>
[Trait("Category", "Slow")]
public sealed class GpuWorkFaultTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData(700, false)]
    [InlineData(700, true)]
    [InlineData(719, true)]
    public async Task A_kernel_fault_ends_every_run_in_flight_with_one_typed_error_and_results_stay(int code, bool replayed)
    {
        using var stand = new GpuStandIns();
        var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        var other = model.Another(4);
        var third = model.Another(4);
        var works = new[] { model, other, third }.Select(each => new AddWork(stand, 12).For(each)).ToArray();
        (model.Binding.Work, other.Binding.Work, third.Binding.Work) = (works[0], works[1], works[2]);
        for (var run = 0; run < (replayed ? RunGraphs.RunsUntilChosen : 1); run++)
        {
            works[0].RunOn(model, run);
            works[1].RunOn(other, run);
        }

        works[2].RunOn(third, 5);
        stand.Driver.Hold(true);
        var runs = new[] { model.Binding.RunAsync(default).AsTask(), other.Binding.RunAsync(default).AsTask() };
        stand.Driver.LoseDevice(0, code);
        stand.Driver.Hold(false);
        foreach (var run in runs)
        {
            var error = await Should.ThrowAsync<DeviceLostException>(run.WaitAsync(Guard));
            (error.ErrorCode, error.Message).ShouldSatisfyAllConditions(
                seen => seen.ErrorCode.ShouldBe(code), seen => seen.Message.ShouldContain("Restart the process"));
        }

        Should.Throw<DeviceLostException>(() => model.Binding.Run(default));
        Should.Throw<DeviceLostException>(() => GpuModule.Load(stand.Host.Context, AddWork.Ptx));
        works[2].Check();
        foreach (var work in works) work.Dispose();
        other.Dispose();
        third.Dispose();
        model.Dispose();
        stand.Trt.ShouldBeClean("engine", "context");
    }

    [SkippableFact]
    public void A_kernel_that_writes_to_memory_that_is_not_there_is_a_lost_device()
    {
        using var stand = new GpuStandIns();
        var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4);
        var work = new AddWork(stand, 12).For(model);
        work.RunOn(model, 1);
        var copy = work.Results.ToArray();
        using var bad = new BadWork();
        model.Binding.Work = bad;
        var error = Should.Throw<DeviceLostException>(() => model.Binding.Run(default));
        error.ErrorName.ShouldBe("CUDA_ERROR_ILLEGAL_ADDRESS");
        work.Results.ToArray().ShouldBe(copy);
        work.Dispose();
        model.Dispose();
    }

    [SkippableFact]
    public async Task Too_little_memory_is_one_typed_error_and_the_next_run_is_right()
    {
        using var stand = new GpuStandIns();
        stand.Trt.Set("scratchBytes", 8 << 20);
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, null, 4))
        using (var work = new AddWork(stand, 12).For(model))
        {
            model.Binding.Work = work;
            stand.Driver.SetMemory(0, 4 << 20);
            Should.Throw<DeviceMemoryException>(() => model.Binding.Run(default)).RequestedBytes.ShouldBe(8 << 20);
            await Should.ThrowAsync<DeviceMemoryException>(model.Binding.RunAsync(default).AsTask().WaitAsync(Guard));
            stand.Driver.SetMemory(0, 1 << 30);
            for (var run = 0; run < 20; run++) work.RunOn(model, run);
        }

        stand.ShouldBeClean();
    }

    /// <summary>Writes where there is no memory.</summary>
    private sealed unsafe class BadWork : GpuWork, IDisposable
    {
        private readonly nint _nowhere = (nint)NativeMemory.Alloc(64);

        public void Dispose() => NativeMemory.Free((void*)_nowhere);

        protected internal override void Before(GpuQueue queue) => queue.Fill(_nowhere, 0, 64);
    }
}
