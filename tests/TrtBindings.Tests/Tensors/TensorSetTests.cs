using TrtBindings.Tests.Models;
using Inputs = TrtBindings.Tests.Models.SampleSignature.Inputs;
using Outputs = TrtBindings.Tests.Models.SampleSignature.Outputs;

namespace TrtBindings.Tests.Tensors;

public sealed class TensorSetTests
{
    [Fact]
    public void Memory_is_sized_from_the_dimensions_aligned_and_zeroed()
    {
        using var inputs = new Inputs(batch: 2, height: 6, width: 5);

        inputs.Images.Lengths.ToArray().ShouldBe([2, 3, 6, 5]);
        inputs.Images.CapacityInBytes.ShouldBe(2 * 3 * 6 * 5 * sizeof(float));
        (inputs.Images.Address % 256).ShouldBe(0);
        inputs.Images.Span.ToArray().ShouldAllBe(value => value == 0);
        inputs.DimensionValues.ToArray().ShouldBe([2, 6, 5]);
    }

    [Fact]
    public void A_smaller_batch_keeps_the_memory_and_the_view_shows_it()
    {
        using var inputs = new Inputs(batch: 4, height: 6, width: 5);
        var address = inputs.Images.Address;

        inputs.Resize(batch: 1, height: 6, width: 5);

        inputs.Images.Tensor.Lengths.ToArray().ShouldBe([1, 3, 6, 5]);
        inputs.Images.Address.ShouldBe(address);
        inputs.Images.CapacityInBytes.ShouldBe(4 * 3 * 6 * 5 * sizeof(float));
        inputs.DimensionCapacities.ToArray().ShouldBe([4, 6, 5]);

        inputs.Resize(batch: 4, height: 6, width: 5);
        inputs.Images.Address.ShouldBe(address);
        inputs.Images.Tensor.Lengths[0].ShouldBe(4);
    }

    [Fact]
    public void Another_shape_that_fits_the_memory_is_taken()
    {
        using var inputs = new Inputs(batch: 1, height: 6, width: 5);

        inputs.Resize(batch: 1, height: 5, width: 6);

        inputs.Images.Lengths.ToArray().ShouldBe([1, 3, 5, 6]);
    }

    [Fact]
    public void An_item_is_a_view_of_its_part_of_the_memory()
    {
        using var inputs = new Inputs(batch: 3, height: 2, width: 2);
        for (var i = 0; i < inputs.Images.Span.Length; i++) inputs.Images.Span[i] = i;

        var item = inputs.Images[1];

        item.Lengths.ToArray().ShouldBe([3, 2, 2]);
        item[0, 0, 0].ShouldBe(12);
        item[2, 1, 1].ShouldBe(23);
        item[2, 1, 1] = 7;
        inputs.Images.Span[23].ShouldBe(7);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void An_item_outside_the_present_batch_is_refused(int index)
    {
        using var inputs = new Inputs(batch: 4, height: 2, width: 2);
        inputs.Resize(batch: 2, height: 2, width: 2);

        Should.Throw<ArgumentOutOfRangeException>(() => { _ = inputs.Images[index]; })
            .Message.ShouldContain("'images' holds 2 items");
    }

    [Fact]
    public void A_scalar_is_seen_as_one_element()
    {
        using var inputs = new Inputs(batch: 1, height: 2, width: 2);

        inputs.Scale.Rank.ShouldBe(0);
        inputs.Scale.Span.Length.ShouldBe(1);
        inputs.Scale.Tensor.Lengths.ToArray().ShouldBe([1]);
    }

    [Fact]
    public void A_tensor_without_elements_has_its_shape_and_no_elements()
    {
        using var inputs = new Inputs(batch: 2, height: 0, width: 5);

        inputs.Images.Tensor.Lengths.ToArray().ShouldBe([2, 3, 0, 5]);
        inputs.Images.Tensor.FlattenedLength.ShouldBe(0);
        inputs.Images.Address.ShouldNotBe(0);
    }

    [Theory]
    [InlineData(-1, 6, 5, "Dimension 'batch' must be at least 0, not -1")]
    [InlineData(1, -3, 5, "Dimension 'height' must be at least 0, not -3")]
    [InlineData(5, 6, 5, "Dimension 'batch' is 5, but these inputs were allocated for 4")]
    [InlineData(4, 60, 5, "Dimension 'height' is 60, but these inputs were allocated for 6")]
    public void A_size_outside_its_bounds_is_refused_and_nothing_changes(long batch, long height, long width, string message)
    {
        using var inputs = new Inputs(batch: 4, height: 6, width: 5);

        Should.Throw<TensorException>(() => inputs.Resize(batch, height, width)).Message.ShouldContain(message);

        inputs.Images.Lengths.ToArray().ShouldBe([4, 3, 6, 5]);
        inputs.DimensionValues.ToArray().ShouldBe([4, 6, 5]);
    }

    [Fact]
    public void A_batch_of_zero_is_a_size_and_a_negative_one_is_not()
    {
        using var none = new Inputs(batch: 0, height: 6, width: 5);
        none.Images.Tensor.Lengths.ToArray().ShouldBe([0, 3, 6, 5]);
        none.Images.Span.IsEmpty.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => none.Images[0].FlattenedLength);

        using var some = new Inputs(batch: 2, height: 6, width: 5);
        some.Resize(0, 6, 5);
        some.Images.Span.IsEmpty.ShouldBeTrue();
        some.Resize(2, 6, 5);
        some.Images.Span.Length.ShouldBe(2 * 3 * 6 * 5);

        Should.Throw<TensorException>(() => new Inputs(batch: -1, height: 6, width: 5)).Message.ShouldContain("'batch'");
    }

    [Fact]
    public void More_bytes_than_can_be_addressed_is_a_typed_error() =>
        Should.Throw<TensorException>(() => new Inputs(long.MaxValue, 1 << 20, 1 << 20))
            .Message.ShouldContain("more bytes than can be addressed");

    [Fact]
    public void More_memory_than_the_system_has_is_a_typed_error() =>
        Should.Throw<TensorException>(() => new Inputs(1, 1L << 28, 1L << 28)).Name.ShouldBe("images");

    [Fact]
    public void Memory_of_the_caller_is_used_where_it_lies()
    {
        var memory = new float[3 * 2 * 2];
        using var inputs = new Inputs(1, 2, 2, memory);

        memory[5] = 42;

        inputs.Images[0][1, 0, 1].ShouldBe(42);
    }

    [Fact]
    public void Memory_of_the_caller_that_is_too_small_is_refused() =>
        Should.Throw<TensorException>(() => new Inputs(2, 2, 2, new float[23]))
            .Message.ShouldContain("needs 24 elements, but the memory that was given holds 23");

    [Fact]
    public void Use_after_disposal_is_refused()
    {
        var inputs = new Inputs(1, 2, 2);
        inputs.Dispose();
        inputs.Dispose();

        Should.Throw<ObjectDisposedException>(() => { _ = inputs.Images.Span; });
        Should.Throw<ObjectDisposedException>(() => { _ = inputs.Images[0]; });
        Should.Throw<ObjectDisposedException>(() => inputs.Resize(1, 2, 2));
    }

    [Fact]
    public void A_set_in_use_cannot_be_taken_twice_and_is_freed_at_the_end_of_its_run()
    {
        var inputs = new Inputs(1, 2, 2);
        inputs.Enter();

        Should.Throw<TensorsInUseException>(inputs.Enter);
        inputs.Dispose();
        inputs.Images.Address.ShouldNotBe(0, "a run is still using the memory");
        inputs.Exit();

        inputs.Images.Address.ShouldBe(0);
        Should.Throw<ObjectDisposedException>(inputs.Enter);
    }

    [Fact]
    public void Outputs_have_declared_shapes_where_known_and_no_elements_where_not()
    {
        using var outputs = new Outputs(batch: 3);

        outputs.Scores.Lengths.ToArray().ShouldBe([3, 10]);
        outputs.Rows.ElementCount.ShouldBe(0);
    }

    [Fact]
    public void Outputs_smaller_than_the_inputs_are_refused()
    {
        using var inputs = new Inputs(4, 2, 2);
        using var outputs = new Outputs(batch: 2);

        Should.Throw<TensorException>(() => outputs.CheckCapacity(inputs))
            .Message.ShouldContain("Dimension 'batch' 4, but the outputs were allocated for 2");
    }

    [Fact]
    public void An_output_grows_when_the_backend_reports_more_than_was_declared()
    {
        using var outputs = new Outputs(batch: 1);

        outputs.Rows.SetLengths([1000, 2]);

        outputs.Rows.Span.Length.ShouldBe(2000);
        outputs.Rows.Tensor.Lengths.ToArray().ShouldBe([1000, 2]);
    }

    [Fact]
    public void An_output_that_promises_more_than_the_system_has_starts_empty()
    {
        using var outputs = new PromisingOutputs();

        outputs.Scores.ElementCount.ShouldBe(0);
        outputs.Scores.SetLengths([2, 2]);
        outputs.Scores.Span.Length.ShouldBe(4);
    }

    private sealed class PromisingOutputs : ModelOutputs
    {
        public PromisingOutputs()
            : base(new ModelSignature("m.onnx", default, new(
            [
                SampleSignature.Tensor("scores", ElementType.Float, Dimension.Fixed(1L << 30), Dimension.Fixed(1L << 30)),
            ]))) => Scores = AddTensor<float>();

        public OutputTensor<float> Scores { get; }
    }
}
