using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>What the engine takes beyond a plain set of float tensors.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Some_of_the_outputs_can_be_bound_and_one_that_is_no_tensor_does_not_stop_the_others()
    {
        var bytes = new OnnxModelBuilder()
            .Input("x", ElementType.Float, 4)
            .Graph(graph => graph.Output("list", OnnxType.Sequence(OnnxType.Tensor(ElementType.Float, 4))))
            .Output("y", ElementType.Float, 4).Output("z", ElementType.Float, 4)
            .Node("SequenceConstruct", ["x", "x"], ["list"])
            .Node("Add", ["x", "x"], ["y"]).Node("Mul", ["x", "x"], ["z"]).ToBytes();
        var x = new TensorDescription("x", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(Dimension.Fixed(4)), "", "");
        var signature = new ModelSignature("m.onnx", new([x]), new([x with { Name = "z" }]));
        using var inputs = new UntypedModel.Inputs(signature, [], []);
        using var outputs = new UntypedModel.Outputs(signature, []);
        using var engine = OrtBackendSession.Load(null, bytes, new(0, 0, 99, null));
        using var binding = engine.Bind(inputs.Tensors, outputs.Tensors);
        inputs.Get<float>(0).Span.Fill(3);
        for (var run = 0; run < 3; run++) binding.Run(default);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([9, 9, 9, 9]);
    }

    [Fact]
    public void A_binding_outlives_its_engine()
    {
        var x = new TensorDescription("x", ValueKind.Tensor, ElementType.Float, SymbolicShape.Of(Dimension.Fixed(4)), "", "");
        var signature = new ModelSignature("m.onnx", new([x]), new([x with { Name = "y" }]));
        using var inputs = new UntypedModel.Inputs(signature, [], []);
        using var outputs = new UntypedModel.Outputs(signature, []);
        var engine = OrtBackendSession.Load(null, TestModels.Identity(), new(0, 0, 99, null));
        using var binding = engine.Bind(inputs.Tensors, outputs.Tensors);
        engine.Dispose();
        inputs.Get<float>(0).Span.Fill(8);
        binding.Run(default);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([8, 8, 8, 8]);
        Should.Throw<ObjectDisposedException>(() => engine.Bind(inputs.Tensors, outputs.Tensors));
    }

    [Theory]
    [InlineData(ElementType.Float)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.UInt16)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.Bool)]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Double)]
    [InlineData(ElementType.UInt32)]
    [InlineData(ElementType.UInt64)]
    [InlineData(ElementType.BFloat16)]
    public unsafe void Every_element_type_goes_in_and_out(ElementType type)
    {
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Input("x", type, 2, 3).Output("y", type, 2, 3).Node("Identity", ["x"], ["y"]).ToBytes());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        var from = new Span<byte>((void*)inputs.Tensors[0].Address, (int)inputs.Tensors[0].ByteLength);
        for (var run = 0; run < 3; run++)
        {
            for (var i = 0; i < from.Length; i++) from[i] = (byte)((i + run) % 2);
            model.Run(inputs, outputs);
            var to = new Span<byte>((void*)outputs.Tensors[0].Address, (int)outputs.Tensors[0].ByteLength);
            to.SequenceEqual(from).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void Every_rank_goes_in_and_out(int rank)
    {
        var dims = Enumerable.Range(0, rank).Select(axis => (object?)(axis < 3 ? 2 : 1)).ToArray();
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Input("x", ElementType.Int32, dims).Output("y", ElementType.Int32, dims)
            .Node("Identity", ["x"], ["y"]).ToBytes());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        inputs.Get<int>(0).Span.Fill(-4);
        for (var run = 0; run < 3; run++) model.Run(inputs, outputs);
        outputs.Get<int>(0).Rank.ShouldBe(rank);
        outputs.Get<int>(0).Span.ToArray().ShouldAllBe(value => value == -4);
    }

    [Fact]
    public void An_unranked_input_takes_the_shape_that_it_is_given()
    {
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Graph(graph => graph
                .Input("x", OnnxType.Unranked(ElementType.Float)).Output("y", OnnxType.Unranked(ElementType.Float)))
            .Node("Identity", ["x"], ["y"]).ToBytes());
        using var outputs = model.CreateOutputs();
        foreach (var shape in (long[][])[[2, 3], [], [1, 2, 2], [2, 0]])
        {
            model.SetUnrankedShape("x", shape);
            using var inputs = model.CreateInputs();
            inputs.Get<float>(0).Span.Fill(2);
            for (var run = 0; run < 3; run++) model.Run(inputs, outputs);
            outputs.Get<float>(0).Lengths.ToArray().ShouldBe(shape.Select(length => (nint)length));
            outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 2);
        }
    }

    [Fact]
    public void An_initializer_that_is_also_an_input_keeps_its_value()
    {
        using var model = UntypedModel.Load(new OnnxModelBuilder()
            .Input("x", ElementType.Float, 2).Input("w", ElementType.Float, 2).Output("y", ElementType.Float, 2)
            .Graph(graph => graph.Initializer(OnnxTensor.Floats("w", [2], 10, 20)))
            .Node("Add", ["x", "w"], ["y"]).ToBytes());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        inputs.Tensors.Count.ShouldBe(1);
        model.Run(inputs, outputs);
        outputs.Get<float>(0).Span.ToArray().ShouldBe([10, 20]);
    }

    [Fact]
    public void Threads_and_optimization_are_taken_as_set()
    {
        foreach (var options in (ModelOptions[])
            [new() { IntraOpThreads = 2, InterOpThreads = 2 }, new() { GraphOptimization = GraphOptimization.None }])
        {
            using var model = UntypedModel.Load(TestModels.Double(), options);
            using var inputs = model.CreateInputs(2);
            using var outputs = model.CreateOutputs(2);
            inputs.Get<float>(0).Span.Fill(1);
            model.Run(inputs, outputs);
            outputs.Get<float>(0).Span.ToArray().ShouldAllBe(value => value == 2);
        }
    }
}
