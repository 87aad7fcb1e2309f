using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Many threads, many lifetimes.</summary>
public sealed class ManyRunsTests
{
    [Fact]
    public async Task Eight_threads_share_one_model_each_with_its_own_tensors()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            using var inputs = model.CreateInputs(5);
            using var outputs = model.CreateOutputs(5);
            for (var run = 0; run < 200; run++)
            {
                var batch = 1 + ((thread + run) % 5);
                inputs.Resize(batch);
                inputs.Get<float>(0).Span.Fill((1000 * thread) + run);
                model.Run(inputs, outputs);
                outputs.Get<float>(0).Span.ToArray().ShouldBe(Enumerable.Repeat(2f * ((1000 * thread) + run), 3 * batch));
            }
        }))).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void One_set_of_inputs_may_feed_several_outputs_and_the_other_way_round()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var first = model.CreateInputs(1);
        using var second = model.CreateInputs(1);
        using var left = model.CreateOutputs(1);
        using var right = model.CreateOutputs(1);
        first.Get<float>(0).Span.Fill(1);
        second.Get<float>(0).Span.Fill(2);
        for (var run = 0; run < 3; run++)
        {
            model.Run(first, left);
            model.Run(second, right);
            (left.Get<float>(0).Span[0], right.Get<float>(0).Span[0]).ShouldBe((2f, 4f));
            model.Run(second, left);
            model.Run(first, right);
            (left.Get<float>(0).Span[0], right.Get<float>(0).Span[0]).ShouldBe((4f, 2f));
        }
    }

    [Fact]
    public void Outputs_outlive_the_model_and_refuse_to_be_read_after_their_own_disposal()
    {
        var model = UntypedModel.Load(TestModels.Identity());
        var inputs = model.CreateInputs();
        var outputs = model.CreateOutputs();
        inputs.Get<float>(0).Span.Fill(3);
        model.Run(inputs, outputs);
        model.Dispose();
        model.Dispose();
        outputs.Get<float>(0).Span.ToArray().ShouldBe([3, 3, 3, 3]);
        Should.Throw<ObjectDisposedException>(() => model.Run(inputs, outputs));
        inputs.Dispose();
        outputs.Get<float>(0).Span.ToArray().ShouldBe([3, 3, 3, 3]);
        outputs.Dispose();
        Should.Throw<ObjectDisposedException>(() => outputs.Get<float>(0).Span[0]);
    }

    [Fact]
    public void Disposed_tensors_are_refused_and_the_model_stays_usable()
    {
        using var model = UntypedModel.Load(TestModels.Identity());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        var gone = model.CreateInputs();
        var lost = model.CreateOutputs();
        model.Run(gone, lost);
        gone.Dispose();
        lost.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.Run(gone, outputs));
        Should.Throw<ObjectDisposedException>(() => model.Run(inputs, lost));
        model.Run(inputs, outputs);
    }

    [Fact]
    public void What_nobody_disposes_is_collected_without_harm()
    {
        for (var round = 0; round < 20; round++) Abandon();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var model = UntypedModel.Load(TestModels.Identity());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        model.Run(inputs, outputs);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Abandon()
    {
        var model = UntypedModel.Load(TestModels.NonZero());
        var inputs = model.CreateInputs(3);
        var outputs = model.CreateOutputs(3);
        model.Run(inputs, outputs);
        model.Run(inputs, outputs);
    }
}
