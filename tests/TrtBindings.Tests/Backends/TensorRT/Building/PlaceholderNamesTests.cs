using TrtBindings.TensorRT.Building;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Names that stand for no name are taken out of the model before TensorRT's parser sees it.</summary>
public sealed class PlaceholderNamesTests
{
    [Theory]
    [InlineData("?")]
    [InlineData("None")]
    [InlineData("-1")]
    [InlineData("unk__616")]
    public void A_placeholder_leaves_a_dimension_without_a_name_and_everything_else_as_it_is(string name)
    {
        var bytes = Model(name).ToBytes();
        var original = bytes.ToArray();
        var changed = PlaceholderNames.TakenOut(bytes);
        bytes.ShouldBe(original, "the caller's memory is not written to");
        changed.Length.ShouldBe(bytes.Length);
        var model = ModelSource.FromBytes(changed).Describe();
        foreach (var tensor in model.Inputs.Concat(model.Outputs))
            tensor.Shape.Dimensions.ShouldBe([Dimension.FromParameter("batch"), Dimension.Fixed(3), Dimension.Unknown]);
        model.Inputs.Select(tensor => tensor.Name).ShouldBe(["x"]);
        changed.ToArray().Zip(original).Count(pair => pair.First != pair.Second).ShouldBe(2, "one byte for each dimension");
    }

    [Fact]
    public void A_model_without_placeholders_is_passed_on_as_it_is()
    {
        ReadOnlyMemory<byte> bytes = Model("width").ToBytes();
        PlaceholderNames.TakenOut(bytes).ShouldBe(bytes);
    }

    [Theory]
    [InlineData("?", true)]
    [InlineData("", false)]
    [InlineData("width", false)]
    public void A_description_tells_whether_there_are_any(string name, bool expected)
    {
        var model = ModelSource.FromBytes(Model(name).ToBytes()).Describe();
        PlaceholderNames.AreIn(model.Inputs).ShouldBe(expected);
    }

    private static OnnxModelBuilder Model(string name) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3, name).Output("y", ElementType.Float, "batch", 3, name)
        .Node("Identity", ["x"], ["y"]);
}
