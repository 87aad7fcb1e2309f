using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>What every run must keep: sizes that the backend reports, memory that is reused, errors that harm nothing.</summary>
public sealed class RunTests
{
    [Fact]
    public void A_run_after_warm_up_allocates_nothing()
    {
        using var model = UntypedModel.Load(TestModels.Identity(), new() { IntraOpThreads = 1 });
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        for (var i = 0; i < 100; i++) model.Run(inputs, outputs);
        inputs.Get<float>(0).Span[3] = 7;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) model.Run(inputs, outputs);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([0, 0, 0, 7]);
    }

    [Fact]
    public void Capacity_is_kept_when_a_smaller_batch_runs_and_the_view_shows_the_real_batch()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var inputs = model.CreateInputs(4);
        using var outputs = model.CreateOutputs(4);
        var (input, output) = (inputs.Get<float>(0), outputs.Get<float>(0));
        var (from, to, capacity) = (input.Address, output.Address, output.CapacityInBytes);
        foreach (var batch in (long[])[4, 2, 4, 1, 2, 4, 3])
        {
            inputs.Resize(batch);
            for (var run = 0; run < 3; run++)
            {
                input.Span.Fill(batch + run);
                model.Run(inputs, outputs);
                output.Lengths.ToArray().ShouldBe([(nint)batch, 3]);
                output.Tensor.FlattenedLength.ShouldBe((nint)batch * 3);
                output.Span.ToArray().ShouldAllBe(value => value == 2 * (batch + run));
            }
        }

        (input.Address, output.Address, output.CapacityInBytes).ShouldBe((from, to, capacity));
    }

    [Fact]
    public void More_sizes_in_turn_than_a_binding_remembers_all_come_out_right()
    {
        using var model = UntypedModel.Load(TestModels.Double());
        using var inputs = model.CreateInputs(40);
        using var outputs = model.CreateOutputs(40);
        for (var round = 0; round < 3; round++)
        {
            for (var batch = 1; batch <= 40; batch++)
            {
                inputs.Resize(batch);
                inputs.Get<float>(0).Span.Fill(batch);
                model.Run(inputs, outputs);
                outputs.Get<float>(0).Lengths[0].ShouldBe(batch);
                outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 2 * batch);
            }
        }
    }

    [Fact]
    public async Task A_failed_run_names_the_model_and_leaves_everything_usable()
    {
        using var model = UntypedModel.Load(TestModels.Gather());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        for (var i = 0; i < 6; i++) inputs.Get<float>(0).Span[i] = i;
        for (var round = 0; round < 3; round++)
        {
            inputs.Get<long>(1).Span[0] = 1;
            model.Run(inputs, outputs);
            inputs.Get<long>(1).Span[0] = 99;
            var error = Should.Throw<OnnxRuntimeException>(() => model.Run(inputs, outputs));
            error.Function.ShouldBe("RunWithBinding");
            error.RuntimeMessage.ShouldContain("99");
            error.Model.ShouldBe(model.Source.Name);
            // The error of the call itself, with the stack that led to it.
            error.InnerException.ShouldBeOfType<OnnxRuntimeException>().StackTrace.ShouldNotBeNullOrEmpty();
            error.Message.ShouldStartWith($"'{model.Source.Name}' failed to run: ONNX Runtime's RunWithBinding failed");
            error.Message.ShouldContain("99");
            (await Should.ThrowAsync<OnnxRuntimeException>(() => model.RunAsync(inputs, outputs))).Model.ShouldBe(error.Model);
            outputs.Get<float>(0).Span.ToArray().ShouldBe([2, 3]);
            inputs.Get<long>(1).Span[0] = 2;
            model.Run(inputs, outputs);
            outputs.Get<float>(0).Span.ToArray().ShouldBe([4, 5]);
        }
    }

    /// <summary>docs/export.md says so, and may stop to when a later ONNX Runtime runs it.</summary>
    [Fact]
    public void Attention_on_a_mask_that_is_broadcast_over_rows_fails_in_the_run_and_names_the_model()
    {
        object?[] states = [2L, 3L, 4L, 8L];
        using var model = UntypedModel.Load(new OnnxModelBuilder().IrVersion(11).Opset("", 23)
            .Input("q", ElementType.Float, states).Input("k", ElementType.Float, states).Input("v", ElementType.Float, states)
            .Input("mask", ElementType.Bool, 2L, 1L, 1L, 4L).Output("y", ElementType.Float, states)
            .Node("Attention", ["q", "k", "v", "mask"], ["y"]).ToBytes());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        var error = Should.Throw<OnnxRuntimeException>(() => model.Run(inputs, outputs));
        error.Message.ShouldStartWith($"'{model.Source.Name}' failed to run");
        error.RuntimeMessage.ShouldContain("Attention");
    }

    [Fact]
    public void Tensors_without_elements_run()
    {
        using var model = UntypedModel.Load(TestModels.NonZero());
        using var inputs = model.CreateInputs(5);
        using var outputs = model.CreateOutputs(5);
        for (var run = 0; run < 3; run++)
        {
            inputs.Get<float>(0).Span.Clear();
            model.Run(inputs, outputs);
            outputs.Get<long>(0).Lengths.ToArray().ShouldBe([1, 0]);
            outputs.Get<long>(0).Span.IsEmpty.ShouldBeTrue();
        }
    }

    [SkippableFact]
    public void Declared_sizes_that_hold_for_one_input_size_only_do_not_matter()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/scrfd/yukkki7_scrfd_500m.onnx"));
        using var inputs = model.CreateInputs(640, 640);
        using var outputs = model.CreateOutputs();
        foreach (var (height, width) in ((int, int)[])[(640, 640), (480, 640), (320, 320), (640, 640), (320, 320)])
        {
            inputs.Resize(height, width);
            for (var run = 0; run < 3; run++)
            {
                model.Run(inputs, outputs);
                // Scores, boxes and landmarks, each of two anchors for each cell of strides 8, 16 and 32.
                nint[][] expected =
                [
                    .. from columns in (int[])[1, 4, 10]
                       from stride in (int[])[8, 16, 32]
                       select new nint[] { 2 * (height / stride) * (width / stride), columns },
                ];
                outputs.Tensors.Select(tensor => tensor.Lengths.ToArray()).ShouldBe(expected);
            }
        }
    }
}
