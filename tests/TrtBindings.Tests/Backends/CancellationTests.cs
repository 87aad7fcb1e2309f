using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

public sealed class CancellationTests
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_run_under_way_ends_and_everything_stays_usable()
    {
        using var model = UntypedModel.Load(TestModels.SlowLoop(), new() { IntraOpThreads = 1 });
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        for (var round = 0; round < 3; round++)
        {
            inputs.Get<long>(1).Span[0] = TestModels.Endless;
            using var source = new CancellationTokenSource();
            var run = Task.Run(() => model.Run(inputs, outputs, source.Token));
            await WaitUntilInUse(inputs);
            source.CancelAfter(20);
            var error = await Should.ThrowAsync<OperationCanceledException>(run.WaitAsync(Hang));
            error.CancellationToken.ShouldBe(source.Token);

            inputs.Get<long>(1).Span[0] = 1;
            inputs.Get<float>(0).Span.Fill(1);
            model.Run(inputs, outputs);
            outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 64);
            model.Run(inputs, outputs);
            outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 64);
        }
    }

    [Fact]
    public void A_token_that_is_cancelled_already_runs_nothing()
    {
        using var model = UntypedModel.Load(TestModels.Identity());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        inputs.Get<float>(0).Span.Fill(5);
        using var source = new CancellationTokenSource();
        model.Run(inputs, outputs, source.Token);
        source.Cancel();
        inputs.Get<float>(0).Span.Fill(6);
        Should.Throw<OperationCanceledException>(() => model.Run(inputs, outputs, source.Token))
            .CancellationToken.ShouldBe(source.Token);
        outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 5);
        model.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 6);
    }

    [Fact]
    public async Task Tensors_that_a_run_is_using_are_refused_to_another_and_both_stay_usable()
    {
        using var model = UntypedModel.Load(TestModels.SlowLoop(), new() { IntraOpThreads = 1 });
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        using var otherInputs = model.CreateInputs();
        using var otherOutputs = model.CreateOutputs();
        inputs.Get<long>(1).Span[0] = TestModels.Endless;
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => model.Run(inputs, outputs, source.Token));
        await WaitUntilInUse(outputs);
        Should.Throw<TensorsInUseException>(() => model.Run(inputs, otherOutputs));
        Should.Throw<TensorsInUseException>(() => model.Run(otherInputs, outputs));
        // Others are not kept from running meanwhile.
        otherInputs.Get<long>(1).Span[0] = 1;
        model.Run(otherInputs, otherOutputs);
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(run.WaitAsync(Hang));
        inputs.Get<long>(1).Span[0] = 1;
        model.Run(inputs, otherOutputs);
        model.Run(otherInputs, outputs);
        model.Run(inputs, outputs);
    }

    [Fact]
    public async Task Disposing_everything_during_a_run_takes_effect_when_it_ends()
    {
        var model = UntypedModel.Load(TestModels.SlowLoop(), new() { IntraOpThreads = 1 });
        var inputs = model.CreateInputs();
        var outputs = model.CreateOutputs();
        inputs.Get<long>(1).Span[0] = TestModels.Endless;
        using var source = new CancellationTokenSource();
        var run = Task.Run(() => model.Run(inputs, outputs, source.Token));
        await WaitUntilInUse(outputs);
        model.Dispose();
        inputs.Dispose();
        outputs.Dispose();
        run.IsCompleted.ShouldBeFalse();
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(run.WaitAsync(Hang));
        Should.Throw<ObjectDisposedException>(() => model.Run(inputs, outputs));
        Should.Throw<ObjectDisposedException>(() => inputs.Get<float>(0).Span[0]);
        foreach (var call in (Action[])[() => model.CreateInputs(), () => model.CreateOutputs()])
            Should.Throw<ObjectDisposedException>(call).Message.ShouldContain($"'{model.Source.Name}' is disposed");
    }

    private static async Task WaitUntilInUse(TensorSet set)
    {
        using var guard = new CancellationTokenSource(Hang);
        while (true)
        {
            try
            {
                set.Enter();
                set.Exit();
            }
            catch (TensorsInUseException)
            {
                return;
            }

            await Task.Delay(1, guard.Token);
        }
    }
}
