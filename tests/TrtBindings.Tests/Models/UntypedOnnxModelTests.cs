using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Models;

/// <summary>Models without a generated class: tensors by the names in the file.</summary>
public sealed class UntypedOnnxModelTests
{
    private static readonly ModelOptions Cpu = ModelOptions.Require(BackendKind.OnnxRuntimeCpu);

    [Fact]
    public void A_model_runs_with_its_tensors_found_by_name()
    {
        using var model = UntypedOnnxModel.Load(TestModels.Double(), Cpu);
        using var inputs = model.AllocateInputs(2);
        using var outputs = model.AllocateOutputs(inputs);
        inputs.Get<float>("x").Span.Fill(4);
        model.Run(inputs, outputs);
        outputs.Get<float>("y").Span.ToArray().ShouldBe([8f, 8, 8, 8, 8, 8]);
        outputs["y"].Lengths.ToArray().ShouldBe([2, 3]);
        outputs.ElementTypeOf("y").ShouldBe(ElementType.Float);
    }

    [Fact]
    public async Task A_run_may_be_awaited_and_sizes_may_change_up_to_what_was_allocated()
    {
        using var model = UntypedOnnxModel.Load(TestModels.Double(), Cpu);
        using var inputs = model.AllocateInputs(8);
        using var outputs = model.AllocateOutputs(8);
        inputs.Resize(1);
        inputs.Get<float>("x").Span.Fill(.5f);
        await model.RunAsync(inputs, outputs);
        outputs.Get<float>("y").Span.ToArray().ShouldBe([1f, 1, 1]);
        Should.Throw<TensorException>(() => inputs.Resize(9));
    }

    [Fact]
    public void Shapes_by_name_set_the_sizes()
    {
        using var model = UntypedOnnxModel.Load(TestModels.Double(), Cpu);
        using var inputs = model.AllocateInputs(new Dictionary<string, long[]> { ["x"] = [5, 3] });
        inputs["x"].Lengths.ToArray().ShouldBe([5, 3]);
    }

    [Theory]
    [InlineData("z", new long[] { 5, 3 }, "no input 'z'")]
    [InlineData("x", new long[] { 5 }, "must have 2 dimensions")]
    [InlineData("x", new long[] { 5, 4 }, "dimension 1 must be 3")]
    public void A_shape_that_does_not_fit_is_an_error_that_names_the_input(string name, long[] shape, string message)
    {
        using var model = UntypedOnnxModel.Load(TestModels.Double(), Cpu);
        Should.Throw<TensorException>(() => model.AllocateInputs(new Dictionary<string, long[]> { [name] = shape }))
            .Message.ShouldContain(message);
    }

    [Fact]
    public void A_size_that_nobody_gave_and_two_that_differ_are_errors()
    {
        using var model = UntypedOnnxModel.Load(TwoInputs(), Cpu);
        Should.Throw<TensorException>(() => model.AllocateInputs(new Dictionary<string, long[]>())).Message
            .ShouldContain("Dimension 'batch' has no size: give the shape of 'a'");
        Should.Throw<TensorException>(
            () => model.AllocateInputs(new Dictionary<string, long[]> { ["a"] = [2, 3], ["b"] = [4, 3] }))
            .Message.ShouldContain("dimension 'batch' is 2 in another place");
        using var inputs = model.AllocateInputs(new Dictionary<string, long[]> { ["b"] = [4, 3] });
        inputs["a"].Lengths.ToArray().ShouldBe([4, 3]);
    }

    [Fact]
    public void Unknown_names_and_other_types_are_errors_that_say_what_is_there()
    {
        using var model = UntypedOnnxModel.Load(TestModels.Double(), Cpu);
        using var inputs = model.AllocateInputs(1);
        using var outputs = model.AllocateOutputs(1);
        Should.Throw<TensorException>(() => inputs["y"]).Message.ShouldContain("no input 'y'; it has x: float [batch, 3]");
        Should.Throw<TensorException>(() => outputs["x"]).Message.ShouldContain("no output 'x'; it has y: float [batch, 3]");
        Should.Throw<TensorException>(() => inputs.Get<int>("x")).Message.ShouldContain("tensor(float), and Int32");
        Should.Throw<TensorException>(() => outputs.GetText("y")).Message.ShouldContain("tensor(float), and string");
    }

    [Fact]
    public void Elements_of_any_type_are_bytes_too()
    {
        using var model = UntypedOnnxModel.Load(Types(ElementType.Float16), Cpu);
        using var inputs = model.AllocateInputs();
        using var outputs = model.AllocateOutputs(inputs);
        inputs.BytesOf("x").Length.ShouldBe(8);
        inputs.Get<Half>("x").Span.Fill((Half)1);
        model.Run(inputs, outputs);
        outputs.BytesOf("y").ToArray().ShouldBe([0, 0x3C, 0, 0x3C, 0, 0x3C, 0, 0x3C]);
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
    public void Every_type_of_numbers_goes_through(ElementType type)
    {
        using var model = UntypedOnnxModel.Load(Types(type), Cpu);
        using var inputs = model.AllocateInputs();
        using var outputs = model.AllocateOutputs(inputs);
        inputs.BytesOf("x").Fill(1);
        model.Run(inputs, outputs);
        outputs.BytesOf("y").ToArray().ShouldBe(inputs.BytesOf("x").ToArray());
    }

    [Fact]
    public void Text_goes_through()
    {
        using var model = UntypedOnnxModel.Load(Types(ElementType.String), Cpu);
        using var inputs = model.AllocateInputs();
        using var outputs = model.AllocateOutputs(inputs);
        inputs.GetText("x").Span.Fill("żółw");
        model.Run(inputs, outputs);
        outputs.GetText("y").Span.ToArray().ShouldAllBe(text => text == "żółw");
        Should.Throw<TensorException>(() => outputs.BytesOf("y").Length).Message.ShouldContain("holds text");
    }

    [Fact]
    public void An_input_with_a_default_is_used_as_it_is_until_it_is_set()
    {
        using var model = UntypedOnnxModel.Load(WithDefault(), Cpu);
        using var inputs = model.AllocateInputs();
        using var outputs = model.AllocateOutputs(inputs);
        inputs.Get<float>("x").Span.Fill(1);
        model.Run(inputs, outputs);
        outputs.Get<float>("y").Span.ToArray().ShouldBe([11f, 11]);
        inputs.Set("offset");
        inputs.Get<float>("offset").Span.Fill(2);
        model.Run(inputs, outputs);
        outputs.Get<float>("y").Span.ToArray().ShouldBe([3f, 3]);
        Should.Throw<TensorException>(() => inputs.Set("x")).Message.ShouldContain("no input with a default 'x'");
    }

    [Fact]
    public void An_input_that_is_no_tensor_is_an_error_with_its_type()
    {
        var floats = OnnxType.Tensor(ElementType.Float, 2);
        var bytes = new OnnxModelBuilder().Graph(graph => graph
            .Input("list", OnnxType.Sequence(floats)).Output("length", ElementType.Int64)
            .Node("SequenceLength", ["list"], ["length"])).ToBytes();
        using var model = UntypedOnnxModel.Load(bytes, Cpu);
        Should.Throw<TensorException>(() => model.AllocateInputs()).Message.ShouldContain("seq(tensor(float))");
    }

    [Fact]
    public void A_missing_file_and_one_that_is_no_model_are_typed_errors()
    {
        Should.Throw<ModelFileException>(() => UntypedOnnxModel.Load("none.onnx", Cpu));
        Should.Throw<ModelFileException>(() => UntypedOnnxModel.Load("hello"u8.ToArray(), Cpu));
    }

    private static byte[] TwoInputs() => new OnnxModelBuilder()
        .Input("a", ElementType.Float, "batch", 3).Input("b", ElementType.Float, "batch", 3)
        .Output("y", ElementType.Float, "batch", 3).Node("Add", ["a", "b"], ["y"]).ToBytes();

    private static byte[] Types(ElementType type) => new OnnxModelBuilder()
        .Input("x", type, 4).Output("y", type, 4).Node("Identity", ["x"], ["y"]).ToBytes();

    private static byte[] WithDefault() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 2).Input("offset", ElementType.Float, 2).Output("y", ElementType.Float, 2)
        .Graph(graph => graph.Initializer(OnnxTensor.Floats("offset", [2], 10, 10)))
        .Node("Add", ["x", "offset"], ["y"]).ToBytes();
}
