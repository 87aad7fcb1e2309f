using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Many threads on few lanes.</summary>
[Trait("Category", "Slow")]
public sealed class ConcurrencyTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(4)]
    public void Eight_threads_run_mixed_shapes_beside_garbage_collections(int lanes)
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 0);
        using (var engine = stand.Open(
            Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(lanes, log: new LogLines())))
        {
            var stop = false;
            var collector = new Thread(() =>
            {
                while (!Volatile.Read(ref stop))
                {
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    Thread.Sleep(1);
                }
            });
            collector.Start();
            try
            {
                var errors = new Exception?[8];
                var threads = Enumerable.Range(0, 8)
                    .Select(index => new Thread(() => errors[index] = Work(engine, index))).ToList();
                foreach (var thread in threads) thread.Start();
                foreach (var thread in threads) thread.Join(Guard).ShouldBeTrue();
                errors.ShouldAllBe(error => error == null);
            }
            finally
            {
                Volatile.Write(ref stop, true);
                collector.Join();
            }

            engine.Lanes.All().Length.ShouldBeInRange(1, lanes);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public async Task Who_comes_first_runs_first_and_who_cancels_leaves_the_queue()
    {
        using var stand = new GpuStandIns();
        using var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(1));
        var pool = engine.Lanes;
        var lane = pool.Rent(new(), null, default);
        var waiters = Enumerable.Range(0, 4).Select(_ => new LaneWaiter()).ToArray();
        using var cancel = new CancellationTokenSource();
        var first = pool.RentAsync(waiters[0], null, default).AsTask();
        var second = pool.RentAsync(waiters[1], null, cancel.Token).AsTask();
        var third = pool.RentAsync(waiters[2], null, default).AsTask();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        first.IsCompleted.ShouldBeFalse();
        pool.Return(lane);
        (await first.WaitAsync(Guard)).ShouldBe(lane);
        third.IsCompleted.ShouldBeFalse();
        pool.Return(lane);
        (await third.WaitAsync(Guard)).ShouldBe(lane);

        var blocked = Task.Run(() => Should.Throw<OperationCanceledException>(
            () => pool.Rent(waiters[1], null, new CancellationTokenSource(20).Token)));
        await blocked.WaitAsync(Guard);
        pool.Return(lane);
        pool.Rent(waiters[1], null, default).ShouldBe(lane);
        pool.Return(lane);
    }

    [SkippableFact]
    public async Task A_lane_that_cannot_be_made_is_one_caller_s_error_and_leaves_its_place()
    {
        using var stand = new GpuStandIns();
        using var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(1));
        stand.Driver.Fail("cuStreamCreateWithPriority", 2);
        Should.Throw<CudaException>(() => engine.Lanes.Rent(new(), null, default));
        var lane = engine.Lanes.Rent(new(), null, default);
        var waiting = engine.Lanes.RentAsync(new(), null, default).AsTask();
        engine.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        engine.Lanes.Return(lane);
        stand.ShouldBeClean();
    }

    private static Exception? Work(TensorRtSession engine, int thread)
    {
        try
        {
            using var model = new BoundModel(engine, Engines.ThreeProfilesSignature, 64) { KeepsSession = true };
            var random = new Random(thread);
            for (var run = 0; run < 200; run++)
            {
                model.Inputs.Resize(random.Next(8) switch { 0 => 1, 1 => 64, 2 => random.Next(1, 65), var some => some });
                model.Fill(random.Next(-50, 50));
                model.Run();
                var (x, y) = (model.Input(), model.Floats());
                for (var i = 0; i < Math.Max(x.Length, y.Length); i++)
                    if (y[i] != Math.Max(x[i], 0)) return new InvalidOperationException($"run {run}: {y[i]} for {x[i]}");
            }

            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
