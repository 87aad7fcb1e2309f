using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class InitializerTests
{
    [Fact]
    public void Inputs_with_an_initializer_are_told_apart_whichever_comes_first()
    {
        // Inputs (11) before the sparse initializer (15), after the dense one (5).
        var model = Describe.Model(new OnnxModelBuilder()
            .Input("x", ElementType.Float, 1).Input("dense", ElementType.Float, 1)
            .Input("sparse", ElementType.Float, 1).Input("z", ElementType.Float, 1)
            .Initializer("dense", ElementType.Float, [1], new byte[4])
            .Graph(g => g.SparseInitializer(
                OnnxTensor.Floats("sparse", [1], 1), OnnxTensor.Int64s("indices", [1], 0), 1)));
        model.Inputs.Select(i => i.Name).ShouldBe(["x", "z"]);
        model.OverridableInputs.Select(i => i.Name).ShouldBe(["dense", "sparse"]);
        model.InitializerCount.ShouldBe(2);
    }

    [Fact]
    public void Element_types_are_counted_in_order_of_type()
    {
        var model = Describe.Model(new OnnxModelBuilder()
            .Initializer("a", ElementType.Int64, [1], new byte[8])
            .Initializer("b", ElementType.Float, [1], new byte[4])
            .Initializer("c", ElementType.Int64, [1], new byte[8])
            .Graph(g => g.Initializer(OnnxTensor.Strings("d", [1], "text"))));
        model.InitializerTypes.ShouldBe(
        [
            new ElementTypeCount(ElementType.Float, 1),
            new ElementTypeCount(ElementType.Int64, 2),
            new ElementTypeCount(ElementType.String, 1),
        ]);
    }

    [Fact]
    public void An_initializer_of_a_subgraph_does_not_stand_in_for_an_input_of_the_model()
    {
        var branch = new OnnxGraphBuilder("b").Initializer(OnnxTensor.Floats("x", [1], 1));
        var model = Describe.Model(new OnnxModelBuilder()
            .Input("x", ElementType.Float, 1)
            .Node("If", ["c"], ["y"], OnnxAttribute.Graph("then_branch", branch)));
        model.Inputs.Select(i => i.Name).ShouldBe(["x"]);
        model.InitializerCount.ShouldBe(0);
    }
}
