using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class DimensionReadingTests
{
    [Fact]
    public void Fixed_named_and_every_kind_of_unknown_dimension_are_told_apart()
    {
        var shape = Input(OnnxType.Tensor(ElementType.Float, 1, "batch", "?", "", null, 0, -1)).Shape;

        shape.ShouldBe(SymbolicShape.Of(
            Dimension.Fixed(1),
            Dimension.FromParameter("batch"),
            Dimension.FromParameter("?"),
            Dimension.FromParameter(""),
            Dimension.Unknown,
            Dimension.Fixed(0),
            Dimension.Unknown));
        shape.ToString().ShouldBe("[1, batch, ?, ?, ?, 0, ?]");
        shape.Dimensions[2].Name.ShouldBe("?");
        shape.Dimensions[3].Name.ShouldBe("");
        shape.Dimensions[4].Name.ShouldBeNull();
    }

    [Theory]
    [InlineData("None")]
    [InlineData("none")]
    [InlineData("-1")]
    [InlineData("unk__616")]
    public void Placeholders_of_frameworks_are_unknown_each_on_its_own(string placeholder)
    {
        var description = Describe.Model(new OnnxModelBuilder().Graph(g => g
            .Input("x", OnnxType.Tensor(ElementType.Float, placeholder, 3, placeholder, placeholder))));
        description.Inputs[0].Shape.ToString().ShouldBe("[?, 3, ?, ?]");
        DynamicDimensions.OfInputs(description.Inputs).Select(d => d.Axis).ShouldBe([0, 2, 3]);
    }

    [Theory]
    [InlineData("None_0")]
    [InlineData("unk__")]
    [InlineData("unk__a")]
    [InlineData("N")]
    public void Names_that_only_look_like_placeholders_stay_names(string name) =>
        Input(OnnxType.Tensor(ElementType.Float, name, name)).Shape.ToString().ShouldBe($"[{name}, {name}]");

    [Fact]
    public void A_scalar_is_not_an_unranked_tensor()
    {
        var scalar = Input(OnnxType.Tensor(ElementType.Int64)).Shape;
        (scalar.IsRanked, scalar.Rank, scalar.IsFixed).ShouldBe((true, 0, true));
        var unranked = Input(OnnxType.Unranked(ElementType.Int64)).Shape;
        (unranked.IsRanked, unranked.Rank, unranked.IsFixed).ShouldBe((false, -1, false));
    }

    [Fact]
    public void Of_a_value_and_a_parameter_the_last_holds()
    {
        var shape = Describe.Graph(g => g.Message(11, v => v.Text(1, "x").Message(2, t => t.Message(1, tensor => tensor
            .Message(2, s => s
                .Message(1, d => d.Varint(1, 5).Text(2, "n"))
                .Message(1, d => d.Text(2, "n").Varint(1, 5))))))).Inputs[0].Shape;
        shape.ShouldBe(SymbolicShape.Of(Dimension.FromParameter("n"), Dimension.Fixed(5)));
    }

    [Fact]
    public void A_dimension_of_64_bits_is_kept()
    {
        Input(OnnxType.Tensor(ElementType.Float, long.MaxValue)).Shape.Dimensions[0].Value.ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Denotations_are_kept_beside_the_shape()
    {
        var input = Describe.Graph(g => g.Message(11, v => v.Text(1, "x").Message(2, t => t
            .Message(1, tensor => tensor.Varint(1, 1).Message(2, s => s
                .Message(1, d => d.Text(2, "n").Text(3, "DATA_BATCH"))
                .Message(1, d => d.Varint(1, 3))))
            .Text(6, "IMAGE")))).Inputs[0];
        input.Denotation.ShouldBe("IMAGE");
        input.DimensionDenotations.ShouldBe(["DATA_BATCH", ""]);
        Input(OnnxType.Tensor(ElementType.Float, 1)).DimensionDenotations.ShouldBeEmpty();
    }

    private static TensorDescription Input(OnnxType type) =>
        Describe.Model(new OnnxModelBuilder().Graph(g => g.Input("x", type))).Inputs[0];
}
