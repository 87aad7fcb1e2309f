using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Outputs whose size depends on the values of the inputs, not on their shapes.</summary>
public sealed class DataDependentOutputTests
{
    [Fact]
    public void Each_run_shows_the_size_of_that_run_and_other_outputs_are_right_beside_it()
    {
        using var model = UntypedModel.Load(TestModels.NonZero());
        using var inputs = model.CreateInputs(4);
        using var outputs = model.CreateOutputs(4);
        float[][] cases = [[1, 1, 1, 1], [0, 2, 0, 2], [0, 2, 0, 2], [0, 0, 0, 0], [3, 0, 0, 0], [1, 1, 1, 1], [0, 0, 9, 9]];
        foreach (var values in cases)
        {
            values.CopyTo(inputs.Get<float>(0).Span);
            model.Run(inputs, outputs);
            long[] places = [.. Enumerable.Range(0, 4).Where(i => values[i] != 0)];
            outputs.Get<long>(0).Lengths.ToArray().ShouldBe([1, places.Length]);
            outputs.Get<long>(0).Span.ToArray().ShouldBe(places);
            outputs.Get<float>(1).Span.ToArray().ShouldBe(values.Select(value => 2 * value));
        }
    }

    [Fact]
    public void They_are_still_right_after_the_input_size_changes()
    {
        using var model = UntypedModel.Load(TestModels.NonZero());
        using var inputs = model.CreateInputs(8);
        using var outputs = model.CreateOutputs(8);
        var random = new Random(1);
        for (var run = 0; run < 50; run++)
        {
            inputs.Resize(random.Next(1, 9));
            var values = inputs.Get<float>(0).Span.ToArray().Select(_ => (float)random.Next(2)).ToArray();
            values.CopyTo(inputs.Get<float>(0).Span);
            model.Run(inputs, outputs);
            outputs.Get<long>(0).Span.ToArray()
                .ShouldBe(Enumerable.Range(0, values.Length).Where(i => values[i] != 0).Select(i => (long)i));
            outputs.Get<float>(1).Lengths[0].ShouldBe(values.Length);
        }
    }

    [SkippableFact]
    public void NonZero_of_the_standard()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/edge/onnx_node__test_nonzero_example/model.onnx"));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        model.Run(inputs, outputs);
        outputs.Get<long>(0).Lengths.ToArray().ShouldBe([2, 0]);
        for (var run = 0; run < 2; run++)
        {
            ((bool[])[true, false, true, true]).CopyTo(inputs.Get<bool>(0).Span);
            model.Run(inputs, outputs);
            outputs.Get<long>(0).Lengths.ToArray().ShouldBe([2, 3]);
            outputs.Get<long>(0).Span.ToArray().ShouldBe([0, 1, 1, 0, 0, 1]);
        }
    }

    [SkippableFact]
    public void Compress_of_the_standard()
    {
        using var model = UntypedModel.Load(Shared.Require("realmodels/edge/onnx_node__test_compress_0/model.onnx"));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        ((float[])[1, 2, 3, 4, 5, 6]).CopyTo(inputs.Get<float>(0).Span);
        foreach (var keep in (bool[][])[[false, true, true], [false, false, true], [true, true, true], [false, true, true]])
        {
            keep.CopyTo(inputs.Get<bool>(1).Span);
            model.Run(inputs, outputs);
            float[] expected = [.. Enumerable.Range(0, 6).Where(i => keep[i / 2]).Select(i => i + 1f)];
            outputs.Get<float>(0).Lengths.ToArray().ShouldBe([expected.Length / 2, 2]);
            outputs.Get<float>(0).Span.ToArray().ShouldBe(expected);
        }
    }

    [SkippableFact]
    public void NonMaxSuppression_of_the_standard()
    {
        using var model = UntypedModel.Load(
            Shared.Require("realmodels/edge/onnx_node__test_nonmaxsuppression_suppress_by_IOU/model.onnx"));
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        ((float[])[0, 0, 1, 1, 0, .1f, 1, 1.1f, 0, -.1f, 1, .9f, 0, 10, 1, 11, 0, 10.1f, 1, 11.1f, 0, 100, 1, 101])
            .CopyTo(inputs.Get<float>(0).Span);
        ((float[])[.9f, .75f, .6f, .95f, .5f, .3f]).CopyTo(inputs.Get<float>(1).Span);
        inputs.Get<float>(3).Span[0] = .5f;
        foreach (var most in (int[])[3, 1, 2, 3])
        {
            inputs.Get<long>(2).Span[0] = most;
            model.Run(inputs, outputs);
            outputs.Get<long>(0).Lengths.ToArray().ShouldBe([most, 3]);
            outputs.Get<long>(0).Span.ToArray().ShouldBe(((long[])[0, 0, 3, 0, 0, 0, 0, 0, 5])[..(most * 3)]);
        }
    }
}
