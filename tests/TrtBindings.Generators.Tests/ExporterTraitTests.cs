namespace TrtBindings.Generators.Tests;

/// <summary>Small models with one trait each of what torch and others write get a readable class and right values.</summary>
public sealed class ExporterTraitTests
{
    private const string Usings = "using System; using System.Linq; using TrtBindings;\n";

    [Fact]
    public void Names_that_are_no_identifiers_become_members_and_may_be_chosen()
    {
        var model = new OnnxModelBuilder().Input("serving_default_input:0", ElementType.Float, "batch size", 3L)
            .Input("class", ElementType.Float, "batch size", 3L).Output("/out/0", ElementType.Float, "batch size", 3L)
            .Output("1st result", ElementType.Float, "batch size", 3L).Output("getitem_9", ElementType.Float, "batch size", 3L)
            .Node("Add", ["serving_default_input:0", "class"], ["/out/0"])
            .Node("Mul", ["serving_default_input:0", "class"], ["1st result"]).Node("Neg", ["class"], ["getitem_9"]);
        Text(model, new(), """
                    using var inputs = model.AllocateInputs(batchSize: 1);
                    inputs.ServingDefaultInput0.Span.Fill(2);
                    inputs.Class.Span.Fill(3);
                    using var outputs = model.AllocateOutputs(batchSize: 1);
                    model.Run(inputs, outputs);
                    return $"{outputs.Out0.View[0, 2]} {outputs.Output1stResult.View[0, 2]} {outputs.Getitem9.View[0, 2]}";
            """).ShouldBe("5 6 -3");
        const string Names = "serving_default_input:0=Left,class=Right,/out/0=Sum,1st result=Product,getitem_9=Less";
        Text(model, new() { ["TrtRename"] = Names }, """
                    using var inputs = model.AllocateInputs(batchSize: 1);
                    inputs.Left.Span.Fill(2);
                    inputs.Right.Span.Fill(3);
                    using var outputs = model.AllocateOutputs(batchSize: 1);
                    model.Run(inputs, outputs);
                    return $"{outputs.Sum.View[0, 2]} {outputs.Product.View[0, 2]} {outputs.Less.View[0, 2]}";
            """).ShouldBe("5 6 -3");
    }

    [Theory]
    [InlineData("s77", "s53", "s0")]
    [InlineData("x_dynamic_axes_1", "x_dynamic_axes_2", "x_dynamic_axes_3")]
    public void Dimensions_that_torch_numbered_are_called_by_their_place_and_stay_equal(string batch, string height, string width)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, batch, 3L, height, width)
            .Input("scale", ElementType.Float, batch, 1L, 1L, 1L).Output("mul", ElementType.Float, batch, 3L, height, width)
            .Node("Mul", ["x", "scale"], ["mul"]);
        var profile = new Dictionary<string, string> { ["TrtProfile"] = $"{batch}=1..2..4,height=8..16..32,{width}=8..16..32" };
        Text(model, profile, """
                    using var inputs = model.AllocateInputs(batch: 2, height: 8, width: 16);
                    inputs.X.Span.Fill(2);
                    inputs.Scale.Span.Fill(3);
                    using var outputs = model.AllocateOutputs(batch: 2, height: 8, width: 16);
                    model.Run(inputs, outputs);
                    return $"{inputs.Batch} {inputs.Height} {inputs.Width} {inputs.Scale.Lengths[0]} "
                        + outputs.Mul.View[1, 2, 7, 15];
            """).ShouldBe("2 8 16 2 6");
    }

    [Fact]
    public void Numbered_dimensions_of_other_inputs_are_called_after_these_and_may_be_chosen()
    {
        var model = new OnnxModelBuilder().Input("input_ids", ElementType.Int64, "s77", "s27")
            .Input("attention_mask", ElementType.Int64, "s77", "s27").Output("add_4", ElementType.Int64, "s77", "s27")
            .Output("cat", ElementType.Int64, "2*s77", "s27")
            .Node("Add", ["input_ids", "attention_mask"], ["add_4"])
            .Node("Concat", ["input_ids", "attention_mask"], ["cat"], OnnxAttribute.Int("axis", 0));
        const string Run = """
                    inputs.InputIds.Span.Fill(4);
                    inputs.AttentionMask.Span.Fill(1);
                    model.Run(inputs, outputs);
                    return $"{outputs.Add4.View[1, 2]} {outputs.Cat.Lengths[0]}";
            """;
        Text(model, new(), """
                    using var inputs = model.AllocateInputs(inputIdsDim0: 2, inputIdsDim1: 3);
                    using var outputs = model.AllocateOutputs(inputIdsDim0: 2, inputIdsDim1: 3);

            """ + Run).ShouldBe("5 4");
        Text(model, new() { ["TrtRename"] = "s77=Batch,s27=Words" }, """
                    using var inputs = model.AllocateInputs(batch: 4, words: 5);
                    inputs.Resize(batch: 2, words: 3);
                    using var outputs = model.AllocateOutputs(batch: 4, words: 5);

            """ + Run).ShouldBe("5 4");
    }

    [Fact]
    public void The_sides_of_a_picture_with_channels_last_have_names()
    {
        var model = new OnnxModelBuilder().Input("image", ElementType.UInt8, "unk__7", 224L, null, 3L)
            .Input("rows", ElementType.UInt8, "s5", 8L, 4L, 1L).Output("y", ElementType.UInt8, "unk__7", 224L, null, 3L)
            .Output("z", ElementType.UInt8, "s5", 8L, 4L, 1L)
            .Node("Identity", ["image"], ["y"]).Node("Identity", ["rows"], ["z"]);
        Text(model, new(), """
                    using var inputs = model.AllocateInputs(batch: 2, width: 16, rowsDim0: 3);
                    using var outputs = model.AllocateOutputs(3);
                    inputs.Image.Span.Fill(9);
                    model.Run(inputs, outputs);
                    return $"{outputs.Y.Lengths[0]} {outputs.Y.Lengths[2]} {outputs.Z.Lengths[0]} "
                        + $"{MyApp.Model.InputShapes.Image.Height} {MyApp.Model.InputShapes.Image.Channels} "
                        + $"{MyApp.Model.InputShapes.Rows.Dim1}";
            """).ShouldBe("2 16 3 224 3 8");
    }

    [Fact]
    public void Names_that_only_look_numbered_stay()
    {
        var run = GeneratorRun.Of(new OnnxModelBuilder().Input("x", ElementType.Float, "s", "u1x", "size2", "dynamic_axes_")
            .Output("y", ElementType.Float, "s", "u1x", "size2", "dynamic_axes_").Node("Neg", ["x"], ["y"]));
        run.Problems.ShouldBeEmpty();
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long s, long u1x, long size2, long dynamicAxes)");
    }

    [Fact]
    public void Rows_whose_number_depends_on_the_data_are_read_also_when_there_are_none()
    {
        var model = new OnnxModelBuilder().Input("image", ElementType.Float, 1L, 4L).Output("boxes", ElementType.Int64, "u0", 2L)
            .Output("scores", ElementType.Float, "u1")
            .Node("NonZero", ["image"], ["places"]).Node("Transpose", ["places"], ["boxes"])
            .Node("Cast", ["image"], ["mask"], OnnxAttribute.Int("to", (int)ElementType.Bool))
            .Node("Compress", ["image", "mask0"], ["scores"])
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("flat", [1], -1)))
            .Node("Reshape", ["mask", "flat"], ["mask0"]);
        Text(model, new(), """
                    using var inputs = model.AllocateInputs();
                    using var outputs = model.AllocateOutputs();
                    var seen = "";
                    foreach (var values in new[] { new float[] { 0, 7, 0, 8 }, new float[4], new float[] { 5, 0, 0, 0 } })
                    {
                        values.CopyTo(inputs.Image.Span);
                        model.Run(inputs, outputs);
                        seen += $"{outputs.Boxes.Lengths[0]}x{outputs.Boxes.Lengths[1]} "
                            + $"{string.Join(',', outputs.Scores.Span.ToArray())};";
                    }

                    return seen;
            """).ShouldBe("2x2 7,8;0x2 ;1x2 5;");
    }

    [Fact]
    public void Bytes_with_channels_last_doubles_and_truths_have_their_types()
    {
        var model = new OnnxModelBuilder().Input("image", ElementType.UInt8, 1L, 2L, 2L, 3L).Input("factor", ElementType.Double)
            .Output("_to_copy_1", ElementType.Double, 1L, 2L, 2L, 3L).Output("label", ElementType.Int32, 1L, 2L, 2L)
            .Output("gt", ElementType.Bool, 1L, 2L, 2L, 3L)
            .Node("Cast", ["image"], ["wide"], OnnxAttribute.Int("to", (int)ElementType.Double))
            .Node("Mul", ["wide", "factor"], ["_to_copy_1"]).Node("Greater", ["_to_copy_1", "factor"], ["gt"])
            .Node("ArgMax", ["image"], ["best"], OnnxAttribute.Int("axis", 3), OnnxAttribute.Int("keepdims", 0))
            .Node("Cast", ["best"], ["label"], OnnxAttribute.Int("to", (int)ElementType.Int32));
        Text(model, new(), """
                    using var inputs = model.AllocateInputs();
                    using var outputs = model.AllocateOutputs();
                    for (var i = 0; i < 12; i++) inputs.Image.Span[i] = (byte)(i * 20);
                    inputs.Factor.Span[0] = 1e-300;
                    model.Run(inputs, outputs);
                    return $"{outputs.ToCopy1.View[0, 1, 1, 2]:E0} {outputs.Label.View[0, 1, 1]} "
                        + $"{outputs.Gt.View[0, 0, 0, 0]} {outputs.Gt.View[0, 0, 0, 1]}";
            """).ShouldBe("2E-298 2 False True");
    }

    [Fact]
    public void Functions_bfloat16_inside_and_odd_metadata_run()
    {
        var model = new OnnxModelBuilder().Opset("", 17).Opset("my.domain", 1)
            .Function("my.domain", "Leaky", ["a"], ["b"], "LeakyRelu", OnnxAttribute.Float("alpha", .5f))
            .Input("x", ElementType.Float, "N", 2L).Output("p", ElementType.Float, 2L, "N")
            .Graph(graph => graph.Node("my.domain", "Leaky", ["x"], ["leaky"]))
            .Node("Cast", ["leaky"], ["brain"], OnnxAttribute.Int("to", (int)ElementType.BFloat16))
            .Node("Transpose", ["brain"], ["turned"])
            .Node("Cast", ["turned"], ["p"], OnnxAttribute.Int("to", (int)ElementType.Float))
            .Metadata("empty", "").Metadata("multi\nline key", "multi\nline value").Metadata("ключ", "значение");
        Text(model, new(), """
                    using var inputs = model.AllocateInputs(n: 2);
                    using var outputs = model.AllocateOutputs(n: 2);
                    new float[] { 1, -3, 1.001f, 4 }.CopyTo(inputs.X.Span);
                    model.Run(inputs, outputs);
                    return string.Join(' ', outputs.P.Span.ToArray());
            """).ShouldBe("1 1 -1.5 4");
    }

    [Theory]
    [InlineData(0L, 0L)]
    [InlineData(null, null)]
    public void Weights_beside_a_tiny_model_are_read_and_may_be_an_empty_file(long? offset, long? length)
    {
        using var folder = new ModelFolder();
        var empty = folder.Add("empty.onnx", Concatenation(0, offset, length));
        folder.Add("empty.onnx.data", []);
        var tiny = folder.Add("tiny.onnx", Concatenation(1, offset, length is null ? null : 4));
        folder.Add("tiny.onnx.data", BitConverter.GetBytes(7f));
        var run = GeneratorRun.Of([empty, tiny], "MyApp", sources: Usings + """
            internal static class Use
            {
                public static string It(string empty, string tiny)
                {
                    using var first = MyApp.Empty.Load(empty);
                    using var second = MyApp.Tiny.Load(tiny);
                    using var outputs = first.AllocateOutputs();
                    first.Run(first.AllocateInputs(), outputs);
                    using var more = second.AllocateOutputs();
                    second.Run(second.AllocateInputs(), more);
                    return string.Join(' ', outputs.Cat.Span.ToArray().Concat(more.Cat.Span.ToArray()));
                }
            }
            """);
        run.Ids.ShouldBeEmpty();
        Compiler.Use(run.Load(), empty, tiny).ShouldBe("0 0 0 0 7");
    }

    private static OnnxModelBuilder Concatenation(long weights, long? offset, long? length)
    {
        var name = weights == 0 ? "empty" : "tiny";
        return new OnnxModelBuilder().Input("x", ElementType.Float, 2L).Output("cat", ElementType.Float, 2 + weights)
            .ExternalInitializer("w", ElementType.Float, [weights], name + ".onnx.data", offset, length)
            .Node("Concat", ["x", "w"], ["cat"], OnnxAttribute.Int("axis", 0));
    }

    /// <summary>Compiles a model with its item, and runs statements that use the loaded <c>model</c>.</summary>
    private static string Text(OnnxModelBuilder model, Dictionary<string, string> item, string statements)
    {
        using var folder = new ModelFolder();
        var path = folder.Add("model.onnx", model);
        var run = GeneratorRun.WithItems([path], new() { [path] = item }, Usings + $$"""
            internal static class Use
            {
                public static string It(string path)
                {
                    using var model = MyApp.Model.Load(path);
            {{statements}}
                }
            }
            """);
        run.Ids.ShouldBeEmpty(string.Join('\n', run.Messages));
        return (string)Compiler.Use(run.Load(), path)!;
    }
}
