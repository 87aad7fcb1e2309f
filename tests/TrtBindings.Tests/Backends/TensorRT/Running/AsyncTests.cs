namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Asynchronous runs, which the stream completes.</summary>
[Trait("Category", "Slow")]
public sealed class AsyncTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(10);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_complete_when_its_stream_is_and_not_before(bool graphs)
    {
        using var stand = new GpuStandIns();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(graphs: graphs), 4))
        {
            for (var run = 0; run < 5; run++)
            {
                model.Fill(run);
                model.Poison();
                stand.Driver.Hold(true);
                var task = model.Binding.RunAsync(default).AsTask();
                await Task.Delay(5);
                task.IsCompleted.ShouldBeFalse();
                stand.Driver.Hold(false);
                await task.WaitAsync(Guard);
                model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
            }

            model.Session.Lanes.All().Single().GraphCount.ShouldBe(graphs ? 1 : 0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public async Task Two_bindings_are_under_way_at_once_in_two_lanes()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        using var other = model.Another(4);
        stand.Driver.Hold(true);
        model.Fill(1);
        other.Fill(2);
        var (first, second) = (model.Binding.RunAsync(default).AsTask(), other.Binding.RunAsync(default).AsTask());
        stand.Trt.Get("enqueues").ShouldBe(2, "neither waits for the other");
        stand.Driver.Hold(false);
        await Task.WhenAll(first, second).WaitAsync(Guard);
        model.Session.Lanes.All().Length.ShouldBe(2);
        model.Floats()[0].ShouldBe(102);
        other.Floats()[0].ShouldBe(104);
    }

    [SkippableFact]
    public async Task A_token_ends_the_wait_for_a_lane_and_not_a_run()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(1), 4);
        using var other = model.Another(4);
        using var cancel = new CancellationTokenSource();
        stand.Driver.Hold(true);
        var running = model.Binding.RunAsync(cancel.Token).AsTask();
        var waiting = other.Binding.RunAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(Guard));
        stand.Driver.Hold(false);
        await running.WaitAsync(Guard);
        await Should.ThrowAsync<OperationCanceledException>(model.Binding.RunAsync(cancel.Token).AsTask());
        Should.Throw<OperationCanceledException>(() => model.Binding.Run(cancel.Token));
        stand.Trt.Get("enqueues").ShouldBe(1);
        await other.Binding.RunAsync(default).AsTask().WaitAsync(Guard);
    }

    [SkippableFact]
    public async Task What_goes_wrong_while_queueing_is_the_task_s_error()
    {
        using var stand = new GpuStandIns();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, null, 5);
        await Should.ThrowAsync<TensorException>(model.Binding.RunAsync(default).AsTask());
        model.Inputs.Resize(2);
        stand.Trt.Set("fail.enqueue", 1);
        await Should.ThrowAsync<TensorRtException>(model.Binding.RunAsync(default).AsTask().WaitAsync(Guard));
        stand.Driver.Fail("cuLaunchHostFunc", 2, callsBefore: 1);
        await Should.ThrowAsync<CudaException>(model.Binding.RunAsync(default).AsTask().WaitAsync(Guard));
        model.Fill(1);
        await model.Binding.RunAsync(default).AsTask().WaitAsync(Guard);
        model.Floats()[0].ShouldBe(102);
    }

    [SkippableFact]
    public async Task A_lost_GPU_ends_a_run_under_way_although_the_driver_does_not_call_back()
    {
        using var stand = new GpuStandIns();
        var model = stand.Load(Engines.Add, Engines.AddSignature, null, 4);
        stand.Driver.Hold(true);
        var running = model.Binding.RunAsync(default).AsTask();
        stand.Driver.LoseDevice(0, 700);
        stand.Driver.Hold(false);
        await Should.ThrowAsync<DeviceLostException>(running.WaitAsync(Guard));
        await Should.ThrowAsync<DeviceLostException>(model.Binding.RunAsync(default).AsTask().WaitAsync(Guard));
        Should.Throw<DeviceLostException>(() => model.Binding.Run(default));
        model.Dispose();
        stand.Trt.ShouldBeClean("engine", "context");
    }
}
