using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>
/// What the tools of Python break on, one by one: each converts, loads at every level, and gives the same numbers.
/// </summary>
public sealed class Float16Tests : IDisposable
{
    private const int Half = (int)ElementType.Float16;
    private const int Single = (int)ElementType.Float;

    private static readonly ModelSample Three = new ModelSample().Add("x", [1f, -2f, 0.5f], 3);

    private readonly Conversions _conversions = new();

    public void Dispose() => _conversions.Dispose();

    [Fact]
    public void A_cast_to_float_that_is_in_the_graph_casts_to_half_and_one_of_integers_stays()
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).In("i", ElementType.Int64, 3).In("u", ElementType.UInt8, 3)
            .Node("Cast", "u", "c", ("to", ElementType.Float)).Node("Cast", "i", "d", ("to", ElementType.Float))
            .Floats("w", [3], 1, 2, 3).Node("Mul", "d w", "e").Node("Exp", "x", "t").Node("Add", "t c", "s")
            .Node("Add", "s e", "y")
            .Out("y");
        var sample = new ModelSample().Add("x", [1f, -2f, 0.5f], 3).Add("i", [1L, 2L, 3L], 3).Add("u", "789"u8, 3);
        var model = _conversions.Half(graph.Model(), sample);
        Node(model, "n_c").Attribute[0].I.ShouldBe(Half);
        Node(model, "n_d").Attribute[0].I.ShouldBe(Single);
        Node(model, "n_e").Input[1].ShouldBe("w");
        _conversions.Report!.Kept.Select(node => (node.Node, node.Reason)).ShouldBe(
            [("n_d", "computes with numbers that were integers"), ("n_e", "computes with numbers that were integers")]);
    }

    [Fact]
    public void If_keeps_working_with_branches_that_capture_outer_values_and_constants()
    {
        var then = new Sketch().Node("Mul", "t w", "r").Out("r");
        var other = new Sketch().Floats("v", [3], 4, 5, 6).Node("Sub", "x v", "r2").Out("r2");
        var graph = new Sketch().In("x", ElementType.Float, 3).In("c", ElementType.Bool).Floats("w", [3], 1, 2, 3)
            .Node("Exp", "x", "t").Node("If", "c", "f", ("then_branch", then), ("else_branch", other)).Node("Add", "f t", "y")
            .Out("y", ElementType.Float, 3);
        foreach (var way in new[] { true, false })
        {
            var sample = new ModelSample().Add("x", [1f, -2f, 0.5f], 3).Add("c", [way], []);
            var model = _conversions.Half(graph.Model(), sample);
            Node(model, "n_f").Attribute[0].G.Node.Single().OpType.ShouldBe("Mul");
            model.Graph.Initializer.ShouldAllBe(tensor => tensor.DataType == Half);
        }
    }

    [Fact]
    public void A_branch_that_is_a_constant_is_converted_and_one_that_stays_in_32_bits_is_cast()
    {
        var then = new Sketch().Node("Constant", "", "k", ("value", Sketch.Tensor("", [3], 1, 2, 3))).Out("k");
        var other = new Sketch().Node("CumSum", "x axis", "r").Out("r");
        var graph = new Sketch().In("x", ElementType.Float, 3).In("c", ElementType.Bool).Ints("axis", [], 0)
            .Node("If", "c", "f", ("then_branch", then), ("else_branch", other)).Node("Exp", "f", "y").Out("y");
        foreach (var way in new[] { true, false })
            _conversions.Half(graph.Model(), new ModelSample().Add("x", [1f, -2f, 0.5f], 3).Add("c", [way], []));
        _conversions.Report!.Kept.Single().Operator.ShouldBe("CumSum");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Loop_keeps_working_converted_and_kept(bool keep)
    {
        var body = new Sketch().In("i", ElementType.Int64, Sketch.Scalar).In("go", ElementType.Bool, Sketch.Scalar)
            .In("s", ElementType.Float, 3)
            .Node("Identity", "go", "go2").Node("Mul", "s t", "m").Node("Add", "m w", "s2").Node("Neg", "s2", "scan")
            .Out("go2", ElementType.Bool, Sketch.Scalar).Out("s2", ElementType.Float, 3).Out("scan", ElementType.Float, 3);
        var graph = new Sketch().In("x", ElementType.Float, 3).Floats("w", [3], .1f, .2f, .3f).Ints("n", [], 4)
            .Node("Sigmoid", "x", "t").Node("Loop", "n . x", "last all", ("body", body)).Node("Exp", "last", "y").Out("y")
            .Out("all");
        var model = _conversions.Half(graph.Model(), Three, new() { KeepOperators = keep ? ["Loop"] : [] });
        var inner = Node(model, "n_last").Attribute[0].G;
        inner.Input[2].Type.TensorType.ElemType.ShouldBe(keep ? Single : Half);
        inner.Output[1].Type.TensorType.ElemType.ShouldBe(keep ? Single : Half);
        inner.Node.Count(node => node.OpType == "Cast").ShouldBe(0, "the outer value is cast outside, once");
        _conversions.Report!.Kept.Count.ShouldBe(keep ? 4 : 0);
    }

    [Fact]
    public void Scan_keeps_working()
    {
        var body = new Sketch().In("s", ElementType.Float, 2).In("e", ElementType.Float, 2).Node("Add", "s e", "s2")
            .Node("Mul", "s2 w", "o").Out("s2", ElementType.Float, 2).Out("o", ElementType.Float, 2);
        var graph = new Sketch().In("x", ElementType.Float, 3, 2).Floats("w", [2], 2, 3).Floats("z", [2], 0, 1)
            .Node("Scan", "z x", "last all", ("body", body), ("num_scan_inputs", 1)).Out("last").Out("all");
        _conversions.Half(graph.Model(), new ModelSample().Add("x", [1f, 2, 3, 4, 5, 6], 3, 2));
        _conversions.Report!.Kept.ShouldBeEmpty();
    }

    [Fact]
    public void Functions_of_the_model_are_put_in_place_and_converted()
    {
        var function = new FunctionProto
        {
            Domain = "own", Name = "Twice", Input = { "a" }, Output = { "b" },
            Node = { Sketch.NodeOf("", "Exp", "a", "t"), Sketch.NodeOf("", "Add", "t t", "b") },
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        };
        var graph = new Sketch().In("x", ElementType.Float, 3).Node("own", "Twice", "x", "m").Node("own", "Twice", "m", "y")
            .Out("y");
        var model = _conversions.Half(graph.Model(17, 8, function), new ModelSample().Add("x", [.1f, -2f, 0.5f], 3));
        model.Functions.ShouldBeEmpty();
        _conversions.Report!.ConvertedNodes.ShouldBe(4);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    public void Initializers_that_are_inputs_too_stay_a_default_or_become_a_constant(int ir)
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).In("w", ElementType.Float, 3).Floats("w", [3], 1, 2, 3)
            .Node("Mul", "x w", "y").Out("y");
        var model = _conversions.Half(graph.Model(9, ir), Three);
        model.Graph.Input.Count.ShouldBe(ir == 3 ? 1 : 2);
        // A caller may give this one, in the type that it had.
        if (ir == 8) model.Graph.Input[1].Type.TensorType.ElemType.ShouldBe(Single);
        model.Graph.Initializer.Single().DataType.ShouldBe(ir == 3 ? Half : Single);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Initializers_that_are_outputs_or_that_nobody_reads_keep_working(bool convert)
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Floats("w", [3], 1, 2, 3).Floats("unread", [3], 1, 2, 3)
            .Node("Mul", "x w", "y").Out("y", ElementType.Float, 3).Out("w", ElementType.Float, 3);
        var model = _conversions.Half(graph.Model(), Three, new() { ConvertOutputs = convert });
        model.Graph.Output.ShouldAllBe(output => output.Type.TensorType.ElemType == (convert ? Half : Single));
        model.Graph.Output.Select(output => output.Name).ShouldBe(["y", "w"]);
        model.Graph.Initializer.ShouldContain(tensor => tensor.Name == "unread" && tensor.DataType == Single);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Inputs_and_outputs_have_the_types_that_were_asked_for_also_where_the_last_node_stays_in_32_bits(
        bool inputs, bool outputs)
    {
        var graph = new Sketch().In("x", ElementType.Float, 3).Ints("axis", [], 0).Node("Exp", "x", "t")
            .Node("CumSum", "t axis", "y")
            .Node("Neg", "t", "z").Node("Identity", "x", "same").Out("y", ElementType.Float, 3).Out("z", ElementType.Float, 3)
            .Out("same", ElementType.Float, 3).Out("t", ElementType.Float, 3);
        var model = _conversions.Half(graph.Model(), Three, new() { ConvertInputs = inputs, ConvertOutputs = outputs });
        model.Graph.Input[0].Type.TensorType.ElemType.ShouldBe(inputs ? Half : Single);
        model.Graph.Output.ShouldAllBe(output => output.Type.TensorType.ElemType == (outputs ? Half : Single));
        model.Graph.Output.Select(output => output.Name).ShouldBe(["y", "z", "same", "t"]);
    }

    private static NodeProto Node(ModelProto model, string name) => model.Graph.Node.Single(node => node.Name == name);
}
