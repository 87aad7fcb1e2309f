using TrtBindings.OnnxRuntime;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Backends;

/// <summary>
/// Work around runs of ONNX Runtime on a stream of ours: the processor's provider stands for CUDA's, and the stand-in driver,
/// whose device memory the processor can read, for the GPU.
/// </summary>
[Trait("Category", "Slow")]
public sealed class WorkAroundTests : IDisposable
{
    private readonly FakeDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [SkippableFact]
    public void Work_before_and_after_is_queued_then_recorded_then_replayed_with_new_contents_each_time()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 6; run++)
        {
            rig.Run(run).ShouldBe(Enumerable.Range(0, 6).Select(i => 2f * (run + i)));
            rig.Binding.ReplaysWork.ShouldBe(run >= 3);
        }

        // The first run finds the shapes, the second whether they hold, the fourth records what the third did.
        (rig.Work.Befores, rig.Work.Afters, rig.Work.Prepares).ShouldBe((4, 4, 6));
        _driver.Calls("cuGraphLaunch").ShouldBe(6);
    }

    [SkippableFact]
    public void Work_that_is_not_to_be_recorded_is_queued_in_each_run()
    {
        new OnnxRuntimeCudaOptions().RecordWork.ShouldBeTrue();
        using var rig = new WorkRig(_driver, TestModels.Double(), 2, recordsWork: false);
        for (var run = 0; run < 6; run++) rig.Run(run).ShouldBe(Enumerable.Range(0, 6).Select(i => 2f * (run + i)));
        (rig.Work.Befores, rig.Work.Afters, rig.Work.Prepares).ShouldBe((6, 6, 6));
        (_driver.Calls("cuStreamBeginCapture"), _driver.Calls("cuGraphLaunch")).ShouldBe((0, 0));
    }

    [SkippableFact]
    public void A_warm_run_allocates_nothing()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        _driver.Set("delay_us", 0);
        for (var run = 0; run < 20; run++) rig.RunOnly(run);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 50; run++) rig.RunOnly(run);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [SkippableFact]
    public void Another_version_of_the_work_another_address_and_another_shape_are_recorded_anew()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 4; run++) rig.Run(run);
        rig.Work.Change();
        rig.Run(9).ShouldBe(Enumerable.Range(9, 6).Select(i => 2f * i));
        rig.Binding.ReplaysWork.ShouldBeFalse();
        for (var run = 0; run < 4; run++) rig.Run(run);
        rig.Binding.ReplaysWork.ShouldBeTrue();

        rig.MoveInput();
        rig.Run(5).ShouldBe(Enumerable.Range(5, 6).Select(i => 2f * i));
        rig.Binding.ReplaysWork.ShouldBeFalse();
        for (var run = 0; run < 4; run++) rig.Run(run);
        rig.Binding.ReplaysWork.ShouldBeTrue();

        rig.Inputs.Resize(1);
        rig.Run(7).Take(3).ShouldBe([14, 16, 18]);
        rig.Work.Shape.ShouldBe([1, 3]);
    }

    [SkippableFact]
    public void An_output_whose_size_depends_on_the_data_has_its_size_after_each_run_and_is_never_recorded()
    {
        using var rig = new WorkRig(_driver, TestModels.NonZero(), 4);
        foreach (var count in (int[])[2, 4, 1, 3, 3])
        {
            rig.RunWith([.. Enumerable.Range(0, 4).Select(i => i < count ? 1f : 0)]);
            rig.Work.Shape[^1].ShouldBe(count);
        }

        rig.Binding.ReplaysWork.ShouldBeFalse();
    }

    [SkippableFact]
    public void Work_that_fails_leaves_the_binding_usable_and_nothing_on_the_stream()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 4; run++) rig.Run(run);
        rig.Work.Error = new InvalidOperationException("mine");
        Should.Throw<InvalidOperationException>(() => rig.Run(1)).Message.ShouldBe("mine");
        rig.Stream.Native.IsIdle().ShouldBeTrue();
        rig.Work.Error = null;
        rig.Run(3).ShouldBe(Enumerable.Range(3, 6).Select(i => 2f * i));
    }

    [SkippableFact]
    public void Work_that_cannot_be_recorded_is_queued_each_time()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 3; run++) rig.Run(run);
        for (var run = 0; run < 3; run++)
        {
            _driver.Fail("cuStreamBeginCapture", 801);
            rig.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        }

        var captures = _driver.Calls("cuStreamBeginCapture");
        for (var run = 0; run < 4; run++) rig.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        (_driver.Calls("cuStreamBeginCapture"), rig.Binding.ReplaysWork).ShouldBe((captures, false));
    }

    [SkippableTheory]
    [InlineData("cuStreamBeginCapture")]
    [InlineData("cuStreamEndCapture")]
    [InlineData("cuGraphInstantiateWithFlags")]
    public void A_recording_that_breaks_is_made_again(string function)
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 3; run++) rig.Run(run);
        _driver.Fail(function, 901);
        for (var run = 0; run < 3; run++) rig.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        rig.Binding.ReplaysWork.ShouldBeTrue();
    }

    [SkippableFact]
    public void Work_that_throws_while_it_is_recorded_is_the_runs_error_and_leaves_no_graph()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 3; run++) rig.Run(run);
        rig.Work.Error = new FormatException("mine");
        Should.Throw<FormatException>(() => rig.Run(3)).Message.ShouldBe("mine");
        _driver.Calls("cuGraphInstantiateWithFlags").ShouldBe(1, "the work before the model was recorded");
        (_driver.Live("graphs"), _driver.Live("execs"), rig.Binding.ReplaysWork).ShouldBe((0, 0, false));
        rig.Work.Error = null;
        for (var run = 0; run < 3; run++) rig.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        rig.Binding.ReplaysWork.ShouldBeTrue();
    }

    [SkippableFact]
    public void Times_are_taken_where_they_are_asked_for()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        rig.Run(0);
        rig.Work.LastTimes.ShouldBeNull();
        rig.Work.MeasuresTimes = true;
        for (var run = 0; run < 5; run++) rig.Run(run);
        rig.Work.LastTimes.ShouldNotBeNull().Total.ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
    }

    [SkippableFact]
    public void A_lost_GPU_is_its_own_error()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 4; run++) rig.Run(run);
        _driver.LoseDevice(0, 700);
        Should.Throw<DeviceLostException>(() => rig.Run(1));
        Should.Throw<DeviceLostException>(() => rig.Run(2));
    }

    [SkippableFact]
    public async Task Two_threads_take_turns_and_a_cancelled_wait_ends()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        using var other = rig.Second();
        await Task.WhenAll(Task.Run(() => Many(rig)), Task.Run(() => Many(other)));
        rig.Stream.Enter(default);
        using var source = new CancellationTokenSource();
        var waiting = Task.Run(() => rig.Binding.Run(source.Token));
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        (await Should.ThrowAsync<OperationCanceledException>(rig.Binding.RunAsync(source.Token).AsTask()))
            .CancellationToken.ShouldBe(source.Token);
        rig.Stream.Leave();
        Many(rig);

        static void Many(WorkRig one)
        {
            for (var run = 0; run < 50; run++) one.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        }
    }

    [SkippableFact]
    public async Task An_asynchronous_run_is_queued_when_the_call_returns_and_its_errors_are_in_the_task()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        for (var run = 0; run < 6; run++)
        {
            WorkRig.Fill(run, rig.Work.Values.Span);
            var running = rig.Binding.RunAsync(default);
            rig.Work.Completes.ShouldBe(run + 1);
            await running;
            rig.Work.Result.Span[..6].ToArray().ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        }

        rig.Work.Error = new InvalidOperationException("mine");
        (await Should.ThrowAsync<InvalidOperationException>(rig.Binding.RunAsync(default).AsTask())).Message.ShouldBe("mine");
        rig.Work.Error = null;
        rig.Run(3).ShouldBe(Enumerable.Range(3, 6).Select(i => 2f * i));
    }

    [SkippableFact]
    public void A_run_without_work_goes_on_as_before()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        rig.Run(1);
        rig.Binding.Work = null;
        rig.Fill(4);
        rig.Binding.Run(default);
        rig.Output().ShouldBe(Enumerable.Range(4, 6).Select(i => 2f * i));
        rig.Work.Prepares.ShouldBe(1);
    }

    [SkippableFact]
    public void The_stream_lives_as_long_as_the_session()
    {
        var rig = new WorkRig(_driver, TestModels.Double(), 2);
        rig.Run(1);
        rig.Session.Dispose();
        rig.Run(2).ShouldBe(Enumerable.Range(2, 6).Select(i => 2f * i));
        var streams = _driver.Live("streams");
        rig.Dispose();
        _driver.Live("streams").ShouldBe(streams - 1);
    }

    [SkippableFact]
    public void What_the_CUDA_provider_cannot_tell_is_refused_with_the_backends_name()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2);
        using var session = new OrtGpuSession(rig.Session, _driver.Context);
        foreach (var call in (Action[])[() => session.MemoryUse(), () => session.Inspect(),
            () => session.MeasureLayers(rig.Binding), () => session.Refit(null!, null!, default)])
            Should.Throw<NotSupportedException>(call).Message.ShouldStartWith($"ONNX Runtime {session.Version} (CUDA) ");
        using var memory = session.AllocateDevice(512);
        memory.ByteLength.ShouldBe(512);
    }
}
