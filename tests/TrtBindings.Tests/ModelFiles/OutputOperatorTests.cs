using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class OutputOperatorTests
{
    [Fact]
    public void The_operator_behind_casts_and_reshapes_is_told_for_each_output()
    {
        var model = Describe.Model(new OnnxModelBuilder()
            .Output("a", ElementType.Float, 1L).Output("b", ElementType.Float, 1L).Output("c", ElementType.Float, 1L)
            .Output("x", ElementType.Float, 1L).Output("nowhere", ElementType.Float, 1L)
            // The order of the nodes does not matter.
            .Node("Reshape", ["soft", "shape"], ["flat"]).Node("Cast", ["flat"], ["a"])
            .Node("Softmax", ["logits"], ["soft"]).Node("Gemm", ["x", "w"], ["b"])
            .Graph(g => g.Node("com.microsoft", "QGemm", ["x"], ["c"])));
        model.OutputOperators.ShouldBe(["Softmax", "Gemm", "com.microsoft:QGemm", "", ""]);
    }

    [Fact]
    public void Subgraphs_and_functions_say_nothing_of_outputs()
    {
        var inner = new OnnxGraphBuilder("inner").Node("Softmax", ["x"], ["y"]);
        var model = Describe.Model(new OnnxModelBuilder().Output("y", ElementType.Float, 1L)
            .Node("If", ["c"], ["z"], OnnxAttribute.Graph("then_branch", inner))
            .Function("custom", "Twice", ["x"], ["y"], "Softmax"));
        model.OutputOperators.ShouldBe([""]);
    }

    [Fact]
    public void A_circle_of_nodes_ends()
    {
        var model = Describe.Model(new OnnxModelBuilder().Output("a", ElementType.Float, 1L)
            .Node("Identity", ["b"], ["a"]).Node("Identity", ["a"], ["b"]));
        model.OutputOperators.ShouldBe([""]);
    }

    [Fact]
    public void A_graph_of_many_nodes_is_followed_to_its_start()
    {
        var model = new OnnxModelBuilder().Output("v5000", ElementType.Float, 1L).Output("w70", ElementType.Float, 1L)
            .Node("Sigmoid", ["x"], ["v0"]);
        for (var i = 0; i < 5000; i++) model.Node("Identity", [$"v{i}"], [$"v{i + 1}"]).Node("Relu", [$"v{i}"], [$"w{i}"]);
        Describe.Model(model).OutputOperators.ShouldBe(["Sigmoid", "Relu"]);
    }
}
