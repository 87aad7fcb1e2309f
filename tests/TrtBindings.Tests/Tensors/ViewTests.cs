using TrtBindings.Shapes;
using TrtBindings.Tests.Models;

namespace TrtBindings.Tests.Tensors;

/// <summary>Views whose dimensions are types.</summary>
public sealed unsafe class ViewTests
{
    private static readonly ModelSignature Compiled = new(
        "views.onnx",
        new([SampleSignature.Tensor("x", ElementType.Float, Shape)]),
        new([SampleSignature.Tensor("y", ElementType.Float, Shape)]));

    private static Dimension[] Shape => [Dimension.FromParameter("n"), Dimension.Fixed(3), Dimension.Fixed(12)];

    [Fact]
    public void Sizes_are_the_numbers_that_their_digits_spell()
    {
        N<_7>.Size.ShouldBe(7);
        N<_6, _4, _0>.Size.ShouldBe(640);
        N<_1, _2, _3, _4, _5>.Size.ShouldBe(12345);
        N<_1, _2, _3, _4, _5, _6, _7, _8, _9, _0>.Size.ShouldBe(1234567890);
        N<_9, _9, _9, _9, _9, _9, _9, _9, _9, _9>.Size.ShouldBe(9_999_999_999);
        Dynamic.Size.ShouldBe(-1);
    }

    [Fact]
    public void A_view_reads_and_writes_the_element_that_row_major_order_says()
    {
        using var inputs = new Inputs(2);
        for (var i = 0; i < inputs.X.Span.Length; i++) inputs.X.Span[i] = i;
        inputs.X.View[1, 2, 11].ShouldBe(71);
        inputs.X[1][2, 11].ShouldBe(71);
        inputs.X[1, 2, 11].ShouldBe(71);
        inputs.X.View.Slice(1, 1)[0, 0, 0].ShouldBe(36);
        inputs.X[0].Slice(1, 2)[0, 3].ShouldBe(15);
        inputs.X[1].Span[0].ShouldBe(36);
        inputs.X[1].Tensor[2, 11].ShouldBe(71);
        inputs.X[1][0, 1] = -1;
        inputs.X.Span[37].ShouldBe(-1);
        inputs.X[0, 2, 1] = -2;
        inputs.X.Span[25].ShouldBe(-2);
        (inputs.X.View.Length0, inputs.X.View.Length2, inputs.X[0].FlattenedLength).ShouldBe((2, 12, 36));
    }

    [Theory]
    [InlineData(0, 3, 0)]
    [InlineData(0, -1, 0)]
    [InlineData(0, 0, 12)]
    [InlineData(2, 0, 0)]
    [InlineData(-1, 0, 0)]
    public void An_index_outside_is_refused(int item, int row, int column)
    {
        using var inputs = new Inputs(2);
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = inputs.X.View[item, row, column]; });
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = inputs.X[item][row, column]; });
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = inputs.X[item, row, column]; });
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    public void A_slice_outside_is_refused(int start, int count)
    {
        using var inputs = new Inputs(1);
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = inputs.X[0].Slice(start, count); });
    }

    [Fact]
    public void A_default_view_has_no_elements()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => { _ = default(TensorView<float, N<_3>, N<_4>>)[0, 0]; });
        default(TensorView<float, N<_3>, N<_4>>).Span.Length.ShouldBe(0);
        default(ReadOnlyTensorView<float, N<_3>>).Tensor.FlattenedLength.ShouldBe(0);
    }

    [Fact]
    public void An_output_of_another_shape_than_declared_has_no_typed_view_and_keeps_its_plain_ones()
    {
        using var outputs = new Outputs(2);
        outputs.Y.SetLengths([2, 3, 11]);
        var error = Should.Throw<TensorException>(() => { _ = outputs.Y.View; });
        error.Message.ShouldContain("'y' is declared as [n, 3, 12], but has shape [2, 3, 11] now");
        Should.Throw<TensorException>(() => { _ = outputs.Y[0]; });
        outputs.Y.Tensor.Lengths.ToArray().ShouldBe([2, 3, 11]);
        ((OutputTensor<float>)outputs.Y)[1].Lengths.ToArray().ShouldBe([3, 11]);
        outputs.Y.SetLengths([6]);
        Should.Throw<TensorException>(() => { _ = outputs.Y.View; });
    }

    [Fact]
    public void Copying_needs_equal_dynamic_lengths()
    {
        using var inputs = new Inputs(2);
        using var outputs = new Outputs(2);
        inputs.X.CopyFrom(outputs.Y);
        outputs.Y.SetLengths([1, 3, 12]);
        var error = Should.Throw<TensorException>(() => inputs.X.CopyFrom(outputs.Y));
        (error.Name, error.Message.Contains("[1, 3, 12]")).ShouldBe(("x", true));
    }

    [Fact]
    public void Copying_between_fixed_and_dynamic_dimensions_needs_equal_lengths_at_run_time()
    {
        using var inputs = new Inputs(2);
        using var outputs = new Outputs(2);
        inputs.X.Span[71] = 7;
        var fixedView = new TensorView<float, N<_2>, N<_3>, N<_1, _2>>(inputs.X, inputs.X.View.First, inputs.X.Lengths);
        var values = new float[72];
        fixed (float* first = values)
        {
            var part = new TensorView<float, N<_2>, Dynamic, Dynamic>(first, 2, 3, 12);
            fixedView.CopyTo(part);
            inputs.X.View.CopyTo(part);
            part.CopyTo(inputs.X.View);
            ((ReadOnlyTensorView<float, N<_2>, Dynamic, Dynamic>)part).CopyTo(fixedView);
        }

        values[71].ShouldBe(7);
        var error = Should.Throw<TensorException>(
            () => inputs.X.View.CopyTo(new TensorView<float, N<_1>, Dynamic, N<_1, _2>>((float*)0, 1, 3, 12)));
        error.Message.ShouldContain("[2, 3, 12] cannot be copied to one of shape [1, 3, 12]");
    }

    [Fact]
    public void Views_allocate_nothing()
    {
        using var inputs = new Inputs(2);
        using var outputs = new Outputs(2);
        Use(inputs, outputs);
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) Use(inputs, outputs);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    private static void Use(Inputs inputs, Outputs outputs)
    {
        inputs.X[1][2, 3]++;
        inputs.X[1, 2, 3]++;
        inputs.X.View.Slice(0, 1).Span[0]++;
        _ = outputs.Y[0].Tensor.FlattenedLength;
        outputs.Y[0].CopyTo(inputs.X[0]);
        inputs.X.CopyFrom(outputs.Y);
    }

    private sealed class Inputs : ModelInputs
    {
        public Inputs(long n)
            : base(Compiled, n) => X = new(NextTensor());

        public InputTensor<float, Dynamic, N<_3>, N<_1, _2>> X { get; }
    }

    private sealed class Outputs : ModelOutputs
    {
        public Outputs(long n)
            : base(Compiled, n) => Y = new(NextTensor());

        public OutputTensor<float, Dynamic, N<_3>, N<_1, _2>> Y { get; }
    }
}
