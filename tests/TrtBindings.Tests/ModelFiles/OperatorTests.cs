using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class OperatorTests
{
    [Fact]
    public void Operators_of_subgraphs_and_functions_are_counted_with_those_of_the_graph()
    {
        var inner = new OnnxGraphBuilder("inner").Node("Relu", ["x"], ["y"]);
        var outer = new OnnxGraphBuilder("outer").Node("Relu", ["x"], ["y"])
            .Node("Loop", ["x"], ["y"], OnnxAttribute.Graph("body", inner));
        var model = Describe.Model(new OnnxModelBuilder()
            .Node(
                "If", ["c"], ["y"],
                OnnxAttribute.Graph("then_branch", outer), OnnxAttribute.Graph("else_branch", inner))
            .Graph(g => g.Node("custom", "Twice", ["x"], ["y"]).Node("Relu", ["x"], ["z"]))
            .Function("custom", "Twice", ["x"], ["y"], "Add"));

        model.Operators.ShouldBe(
        [
            new OperatorCount("", "Add", 1),
            new OperatorCount("", "If", 1),
            new OperatorCount("", "Loop", 1),
            new OperatorCount("", "Relu", 4),
            new OperatorCount("custom", "Twice", 1),
        ]);
        model.NodeCount.ShouldBe(3);
        model.Functions.ShouldBe(["custom:Twice"]);
    }

    [Fact]
    public void One_name_in_two_domains_is_two_operators()
    {
        var model = Describe.Model(new OnnxModelBuilder()
            .Graph(g => g.Node("b", "Op", [], ["1"]).Node("a", "Op", [], ["2"]).Node("b", "Op", [], ["3"])));
        model.Operators.ShouldBe([new OperatorCount("a", "Op", 1), new OperatorCount("b", "Op", 2)]);
    }

    [Fact]
    public void Lists_of_graphs_and_tensors_in_attributes_are_walked()
    {
        var model = Describe.Graph(g => g.Message(1, n => n.Text(4, "Custom").Message(5, a => a
            .Message(11, sub => sub.Message(1, inner => inner.Text(4, "Relu")))
            .Message(11, sub => sub.Message(1, inner => inner.Text(4, "Relu")))
            .Message(10, t => t.Message(13, e => e.Text(1, "location").Text(2, "w")).Varint(14, 1)))));
        model.Operators.ShouldBe([new OperatorCount("", "Custom", 1), new OperatorCount("", "Relu", 2)]);
        model.ExternalData.ShouldBe([new ExternalDataReference("w", 0)]);
    }

    [Fact]
    public void Training_graphs_are_counted_and_left_alone()
    {
        var model = Describe.Bytes(new ProtobufWriter()
            .Message(7, g => g.Message(1, n => n.Text(4, "Relu")))
            .Message(20, t => t.Message(1, g => g.Message(1, n => n.Text(4, "Gradient"))))
            .ToBytes());
        model.TrainingInfoCount.ShouldBe(1);
        model.Operators.ShouldBe([new OperatorCount("", "Relu", 1)]);
    }
}
