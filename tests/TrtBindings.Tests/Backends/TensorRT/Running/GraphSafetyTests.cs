using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>Captures that go wrong, and graphs that are of no use: no run ever gives another result or an error.</summary>
[Trait("Category", "Slow")]
public sealed class GraphSafetyTests
{
    [SkippableFact]
    public void Threads_that_allocate_and_synchronise_do_not_break_a_recording()
    {
        using var stand = new GpuStandIns();
        stand.Driver.Set("pools", 0);
        using var stop = new CancellationTokenSource();
        var log = new LogLines();
        using var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(log: log), 4);
        using var work = new AddWork(stand, 12).For(model);
        var context = stand.Host.Context;
        var rounds = new int[8];
        var threads = Enumerable.Range(0, 8)
            .Select(index => new Thread(() => Disturb(context, stop.Token, ref rounds[index]))).ToArray();
        foreach (var thread in threads) thread.Start();
        // Each change records again, while the recording waits for every thread to allocate and to wait a few times.
        work.On = at =>
        {
            if (at != "Record") return;
            var until = rounds.Select(round => Volatile.Read(in round) + 2).ToArray();
            for (var i = 0; i < rounds.Length; i++)
                SpinWait.SpinUntil(() => Volatile.Read(in rounds[i]) >= until[i], TimeSpan.FromSeconds(10)).ShouldBeTrue();
        };
        for (var change = 0; change < 3; change++)
        {
            for (var run = 0; run < RunGraphs.RunsUntilChosen + 2; run++) work.RunOn(model, run - 3);
            work.Changed();
        }

        stop.Cancel();
        foreach (var thread in threads) thread.Join();
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(3, "none was broken");
        log.Lines.Where(line => line.Contains("dropped") || line.Contains("without a CUDA graph")).ShouldBeEmpty();
    }

    [SkippableFact]
    public void A_recording_that_is_broken_is_taken_again_later()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.ThreeProfiles, Engines.ThreeProfilesSignature, GpuStandIns.With(log: log), 4))
        using (var work = new AddWork(stand, 12).For(model))
        {
            var breaks = 2;
            // What a library does in a kernel's place that waits for its stream.
            work.On = at =>
            {
                if (at == "Record" && breaks-- > 0) Record.Exception(() => Wait(stand, model)).ShouldNotBeNull();
            };
            for (var run = 0; run < 60; run++) work.RunOn(model, run);
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(3);
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
            log.Lines.Count(line => line.Contains("is dropped and recorded again later")).ShouldBe(2);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void A_graph_without_the_queued_work_is_found_by_its_nodes()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log), 4))
        {
            stand.Driver.Set("empty_captures", 1);
            for (var run = 0; run < 30; run++) Check(model, run);
            log.Lines.Single(line => line.Contains("dropped")).ShouldContain("and the graph has 0");
            stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(2);
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(1);
        }

        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void A_graph_that_replays_nothing_or_not_all_is_found_by_its_first_result(int replay, bool onDevice)
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log), 4))
        using (var z = DeviceBuffer.Over(model.Session.AllocateDevice(32)))
        {
            if (onDevice) model.Outputs.Tensors[0].UseDeviceMemory(z);
            stand.Driver.Set("replay", replay);
            var got = new float[8];
            for (var run = 0; run < 40; run++)
            {
                // Equal inputs too: what an earlier run left in the outputs would be right.
                model.Fill(run / 2);
                if (!onDevice) model.Poison();
                model.Binding.Run(default);
                if (onDevice) z.CopyTo<float>(got);
                else got = model.Floats();
                got.ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
            }

            log.Lines.Count(line => line.Contains("recorded again later: its first replay gave another value")).ShouldBe(2);
            log.Lines.Single(line => line.Contains("go on without a CUDA graph")).ShouldContain("in element 0 of output 'z'");
            stand.Driver.Calls("cuGraphLaunch").ShouldBe(3, "each graph was replayed once, and a plain run had the last word");
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(0);
        }

        stand.ShouldBeClean();
    }

    [SkippableTheory]
    [InlineData(2700, false)]
    [InlineData(2690, false)]
    [InlineData(1600, true)]
    public void A_graph_that_does_not_save_a_tenth_is_not_used(int replayMicroseconds, bool isUsed)
    {
        // A plain run has two pieces of work, and the event at its end is one more: 3 ms. A replay ends with the event too.
        using var stand = new GpuStandIns();
        stand.Driver.Set("delay_us", 1000);
        stand.Driver.Set("replay_us", replayMicroseconds);
        var log = new LogLines();
        using (var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log), 4))
        {
            for (var run = 0; run < RunGraphs.RunsUntilChosen + 4; run++) Check(model, run);
            stand.Driver.Calls("cuGraphLaunch").ShouldBe(1 + GraphTrial.RunsEach + (isUsed ? 4 : 0));
            model.Session.Lanes.All().Single().GraphCount.ShouldBe(isUsed ? 1 : 0);
            log.Lines.Count(line => line.Contains("go on without a CUDA graph: with it they take")).ShouldBe(isUsed ? 0 : 1);
            log.Lines.Count(line => line.Contains("is used: it takes 2.6 ms, a plain run 3 ms")).ShouldBe(isUsed ? 1 : 0);
            stand.Driver.Live("events").ShouldBe(0);
        }

        stand.ShouldBeClean();
    }

    [SkippableFact]
    public void An_output_in_the_memory_of_an_input_is_not_recorded_because_a_check_would_run_it_twice()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        using var model = stand.Load(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log), 4);
        using var sum = DeviceBuffer.Over(model.Session.AllocateDevice(32));
        model.Inputs.Tensors[0].UseDeviceMemory(sum);
        model.Outputs.Tensors[0].UseDeviceMemory(sum);
        sum.CopyFrom<float>(new float[8]);
        model.Inputs.Get<float>(1).Span.Fill(1);
        for (var run = 0; run < 20; run++) model.Binding.Run(default);
        var got = new float[8];
        sum.CopyTo<float>(got);
        got.ShouldAllBe(value => value == 20);
        stand.Driver.Calls("cuStreamBeginCapture").ShouldBe(0);
        log.Lines.Single(line => line.Contains("without a CUDA graph")).ShouldContain("memory of input 'x'");
    }

    private static void Wait(GpuStandIns stand, BoundModel model)
    {
        var lane = model.Session.Lanes.All().Single();
        lane.Stream.Context.ShouldBe(stand.Host.Context);
        lane.Stream.Synchronize();
    }

    private static unsafe void Disturb(CudaContext context, CancellationToken stop, ref int rounds)
    {
        using var scope = context.Enter();
        using var stream = CudaStream.Create(context);
        while (!stop.IsCancellationRequested)
        {
            nint address;
            context.Check(context.Api.MemAlloc(&address, 4096), "cuMemAlloc");
            stream.Fill(address, 1, 4096);
            stream.Synchronize();
            using (PinnedMemory.Allocate(context, 64))
            using (context.Allocator.Allocate(8192, stream)) stream.Synchronize();
            context.Check(context.Api.MemFree(address), "cuMemFree");
            Interlocked.Increment(ref rounds);
        }
    }

    private static void Check(BoundModel model, float seed)
    {
        model.Fill(seed);
        model.Run();
        model.Floats().ShouldBe(model.Input(0).Zip(model.Input(1), (x, y) => x + y));
    }
}
