using TrtBindings.Graphs.Structure;
using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Structure;

/// <summary>Names become objects: order, scopes, and what is wrong with a model.</summary>
public sealed class GraphTests
{
    [Fact]
    public void Nodes_out_of_order_are_put_in_order_and_others_stay_where_they_are()
    {
        var proto = new Sketch().In("x").Node("Relu", "b", "c").Node("Abs", "x", "d").Node("Neg", "a", "b").Node("Exp", "x", "a")
            .Out("c").Out("d").Graph;
        GraphWriter.Write(Read(proto));
        proto.Node.Select(node => node.OpType).ShouldBe(["Abs", "Exp", "Neg", "Relu"]);
    }

    [Fact]
    public void A_node_comes_after_what_its_subgraph_reads_from_outside()
    {
        var branch = new Sketch().Node("Relu", "late", "r").Out("r");
        var proto = new Sketch().In("c", ElementType.Bool).In("x")
            .Node("If", "c", "y", ("then_branch", branch), ("else_branch", branch)).Node("Neg", "x", "late").Out("y").Graph;
        GraphWriter.Write(Read(proto));
        proto.Node.Select(node => node.OpType).ShouldBe(["Neg", "If"]);
    }

    [Fact]
    public void A_name_of_a_subgraph_hides_the_outer_one_only_there()
    {
        var branch = new Sketch().Node("Relu", "x", "v").Node("Neg", "v", "r").Out("r");
        var graph = Read(new Sketch().In("c", ElementType.Bool).In("x").Node("Exp", "x", "v")
            .Node("If", "c", "y", ("then_branch", branch), ("else_branch", branch)).Node("Abs", "v", "z").Out("y")
            .Out("z").Graph);
        var inner = graph.Nodes.Single(node => node.Operator == "If").Subgraphs[0];
        inner.Nodes[1].Inputs[0].ShouldBe(inner.Nodes[0].Outputs[0]);
        inner.Captured().ShouldBe([graph.Inputs[1]]);
        Node("Abs").Inputs[0].ShouldBe(Node("Exp").Outputs[0]);

        Node Node(string type) => graph.Nodes.Single(node => node.Operator == type);
    }

    [Fact]
    public void Notes_about_values_that_nobody_makes_are_dropped_and_others_kept()
    {
        var proto = new Sketch().In("x").Node("Relu", "x", "a").Node("Neg", "a", "y").Note("a", ElementType.Float, 3)
            .Note("gone", ElementType.Float, 3).Out("y").Graph;
        GraphWriter.Write(Read(proto));
        proto.ValueInfo.Select(note => note.Name).ShouldBe(["a"]);
        proto.ValueInfo[0].Type.TensorType.Shape.Dim[0].DimValue.ShouldBe(3);
    }

    [Fact]
    public void Optional_inputs_and_outputs_that_are_left_out_stay_so()
    {
        var proto = new Sketch().In("x").Ints("s", [1], 4).Node("Resize", "x . . s", "y").Node("Dropout", "y . .", "z .")
            .Out("z").Graph;
        GraphWriter.Write(Read(proto));
        proto.Node[0].Input.ShouldBe(["x", "", "", "s"]);
        proto.Node[1].Input.ShouldBe(["y", "", ""]);
        proto.Node[1].Output.ShouldBe(["z", ""]);
    }

    [Fact]
    public void A_circle_a_missing_value_and_a_name_used_twice_are_each_one_error_that_names_the_thing()
    {
        Refuses(new Sketch().In("x").Node("Add", "x b", "a").Node("Neg", "a", "b").Out("b"), "needs its own result");
        Refuses(new Sketch().In("x").Node("Add", "x nothing", "a").Out("a"), "'nothing'");
        Refuses(new Sketch().In("x").Out("lost"), "'lost'");
        Refuses(new Sketch().In("x").Node("Neg", "x", "a").Node("Abs", "x", "a").Out("a"), "two values of the name 'a'");
    }

    [Fact]
    public void Functions_are_put_in_place_with_their_attributes_and_names_of_their_own()
    {
        var leaky = Sketch.NodeOf("", "LeakyRelu", "t", "out");
        leaky.Attribute.Add(new AttributeProto { Name = "alpha", RefAttrName = "slope", Type = 1 });
        var inner = new FunctionProto
        {
            Domain = "own", Name = "Inner", Input = { "in" }, Output = { "out" },
            AttributeProto = { Sketch.Attribute("slope", 0.5f) },
            Node = { Sketch.NodeOf("", "Neg", "in", "t"), leaky },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        };
        var outer = new FunctionProto
        {
            Domain = "own", Name = "Outer", Input = { "in" }, Output = { "out" },
            Node = { Sketch.NodeOf("own", "Inner", "in", "t", ("slope", 0.25f)), Sketch.NodeOf("own", "Inner", "t", "out") },
        };
        var model = new Sketch().In("x").Node("own", "Outer", "x", "t").Node("own", "Outer", "t", "y").Out("y")
            .Model(17, 8, inner, outer);
        FunctionInliner.Inline("test", model);
        model.Functions.ShouldBeEmpty();
        model.Graph.Node.Select(node => node.OpType)
            .ShouldBe(Enumerable.Repeat(new[] { "Neg", "LeakyRelu" }, 4).SelectMany(n => n));
        model.Graph.Node.Where(node => node.Attribute.Count > 0).Select(node => node.Attribute[0].F)
            .ShouldBe([.25f, .5f, .25f, .5f]);
        Read(model.Graph).Nodes.Count.ShouldBe(8);
    }

    [Fact]
    public void A_function_that_calls_itself_is_an_error()
    {
        var loop = new FunctionProto
        {
            Domain = "own", Name = "Loop", Input = { "in" }, Output = { "out" },
            Node = { Sketch.NodeOf("own", "Loop", "in", "out") },
        };
        var model = new Sketch().In("x").Node("own", "Loop", "x", "y").Out("y").Model(17, 8, loop);
        Should.Throw<ModelFileException>(() => FunctionInliner.Inline("test", model)).Message.ShouldContain("own.Loop");
    }

    private static Graph Read(GraphProto proto) => new GraphReader("test").Read(proto);

    private static void Refuses(Sketch sketch, string text) =>
        Should.Throw<ModelFileException>(() => Read(sketch.Graph)).Message.ShouldContain(text);
}
