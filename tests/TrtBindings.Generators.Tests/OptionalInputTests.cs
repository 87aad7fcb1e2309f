namespace TrtBindings.Generators.Tests;

/// <summary>Inputs with a default: the file has an initializer of their name.</summary>
public sealed class OptionalInputTests
{
    /// <summary>y: x, float [n, 2], times scale, float [1], plus offset, float [n or 1, 2].</summary>
    private static OnnxModelBuilder Scaled => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "n", 2L).Input("scale", ElementType.Float, 1L)
        .Input("offset", ElementType.Float, "n or 1", 2L)
        .Graph(g => g.Initializer(OnnxTensor.Floats("scale", [1], 3)).Initializer(OnnxTensor.Floats("offset", [1, 2], 0, 100)))
        .Output("y", ElementType.Float, "n", 2L)
        .Node("Mul", ["x", "scale"], ["m"]).Node("Add", ["m", "offset"], ["y"]);

    [Fact]
    public void They_are_optional_members_with_the_type_of_their_tensor()
    {
        var run = GeneratorRun.Of(Scaled);
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("public Trt::OptionalInput<Trt::InputTensor<float, _1>> Scale { get; }");
        run.Source.ShouldContain("public Trt::OptionalInput<Trt::UnrankedInputTensor<float>> Offset { get; }");
        run.Source.ShouldContain("opt scale   float [1]");
        run.Source.ShouldContain("OptionalInputs =");
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long n) =>");
    }

    [Fact]
    public void A_run_uses_the_default_until_a_value_is_set_and_again_after_UseDefault()
    {
        Use("""
            inputs.X.Span.Fill(1);
            Run();
            inputs.Scale.Set().Span[0] = 5;
            seen.Add(inputs.Scale.IsSet.ToString());
            if ($"{inputs.Scale} {inputs.Offset}" != "scale: float [1], set offset: float [n or 1, 2], the default")
                throw new System.InvalidOperationException($"{inputs.Scale} {inputs.Offset}");
            Run();
            inputs.Scale.Value!.Span[0] = 6;
            Run();
            inputs.Offset.Set().Reshape([2, 2]);
            inputs.Offset.Set().Span[3] = 0.5f;
            Run();
            inputs.Scale.UseDefault();
            Run();
            inputs.Scale.Set();
            inputs.Offset.UseDefault();
            Run();
            """).ShouldBe("3,103,3,103|True|5,105,5,105|6,106,6,106|6,6,6,6.5|3,3,3,3.5|6,106,6,106");
    }

    [Fact]
    public void Runs_with_a_value_allocate_nothing_and_see_what_is_written_to_it()
    {
        Use("""
            inputs.X.Span.Fill(1);
            var scale = inputs.Scale.Set();
            for (var i = 0; i < 50; i++) model.Run(inputs, outputs);
            var before = System.GC.GetAllocatedBytesForCurrentThread();
            var isRight = true;
            for (var i = 0; i < 500; i++)
            {
                scale[0] = i;
                inputs.Scale.Set()[0] += 1;
                model.Run(inputs, outputs);
                isRight &= outputs.Y[1][0] == i + 1;
            }

            seen.Add($"{System.GC.GetAllocatedBytesForCurrentThread() - before} {isRight}");
            """).ShouldBe("0 True");
    }

    [Fact]
    public void A_shape_that_other_inputs_decide_follows_them()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "n").Input("more", ElementType.Float, "n")
            .Graph(g => g.Initializer(OnnxTensor.Floats("more", [1], 7)))
            .Output("y", ElementType.Float, "n").Node("Add", ["x", "more"], ["y"]);
        Use("""
            inputs.Resize(n: 1);
            Run();
            inputs.More.Set().Span[0] = 1;
            inputs.Resize(n: 2);
            inputs.More.Set().Span[1] = 2;
            Run();
            seen.Add(inputs.More.Value!.View.Length0.ToString());
            """, model).ShouldBe("7|1,2|2");
    }

    [Fact]
    public void What_does_not_fit_is_an_error_that_names_the_input()
    {
        Use("""
            inputs.Offset.Set().Reshape([5, 2]);
            try { Run(); } catch (TrtBindings.OnnxRuntimeException e) { seen.Add(e.Message.Contains("Add").ToString()); }
            inputs.Offset.UseDefault();
            Run();
            inputs.Dispose();
            try { inputs.Scale.Set(); } catch (System.ObjectDisposedException) { seen.Add("disposed"); }
            """).ShouldBe("True|0,100,0,100|disposed");
    }

    [Fact]
    public void Text_scalars_and_types_without_a_form_compile()
    {
        var run = GeneratorRun.Of(new OnnxModelBuilder()
            .Input("x", ElementType.Float, 1L).Input("word", ElementType.String, 1L).Input("words", ElementType.String, "m")
            .Input("one", ElementType.Float).Input("tiny", ElementType.Float8E4M3FN, 1L).Input("close", ElementType.Int64, 1L)
            .Initializer("one", ElementType.Float, [], new byte[4])
            .Initializer("tiny", ElementType.Float8E4M3FN, [1], new byte[1])
            .Initializer("close", ElementType.Int64, [1], new byte[8])
            .Graph(g => g.Initializer(OnnxTensor.Strings("word", [1], "a")).Initializer(OnnxTensor.Strings("words", [1], "b")))
            .Output("y", ElementType.Float, 1L).Node("Identity", ["x"], ["y"]));
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("Trt::OptionalInput<Trt::StringInputTensor> Word {");
        run.Source.ShouldContain("Trt::OptionalInput<Trt::UnrankedStringInputTensor> Words {");
        run.Source.ShouldContain("Trt::OptionalInput<Trt::InputTensor<float>> One {");
        run.Source.ShouldContain("SkipOptional();");
    }

    [Fact]
    public void Weights_that_a_file_lists_as_inputs_are_no_members()
    {
        GeneratorRun.Of(Scaled.IrVersion(3)).Source.ShouldNotContain("Optional");
        var listed = Models.Identity();
        for (var i = 0; i < 17; i++)
            listed.Input($"w{i}", ElementType.Float, 1L).Initializer($"w{i}", ElementType.Float, [1], new byte[4]);
        GeneratorRun.Of(listed).Source.ShouldNotContain("Optional");
    }

    [Fact]
    public void TrtRename_takes_them_too()
    {
        var run = GeneratorRun.WithItem(Scaled, new() { ["TrtRename"] = "scale=Factor" });
        run.Ids.ShouldBeEmpty();
        run.Source.ShouldContain(">> Factor { get; }");
    }

    /// <summary>Runs statements over a model of two rows, and returns what they saw.</summary>
    private static string Use(string statements, OnnxModelBuilder? model = null)
    {
        using var folder = new ModelFolder();
        var path = folder.Add("scaled.onnx", model ?? Scaled);
        var type = RunTests.Compile([path], new(), $$"""
            #nullable enable
            public static class Use
            {
                public static string It(string path)
                {
                    var seen = new System.Collections.Generic.List<string>();
                    using var model = MyApp.Scaled.Load(path);
                    using var inputs = model.AllocateInputs(n: 2);
                    using var outputs = model.AllocateOutputs(n: 2);
                    {{statements}}
                    return string.Join('|', seen);

                    void Run()
                    {
                        // Later runs write directly into the outputs' memory.
                        for (var i = 0; i < 3; i++) model.Run(inputs, outputs);
                        seen.Add(string.Join(',', System.Linq.Enumerable.Select(outputs.Y.Span.ToArray(), value =>
                            value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
                    }
                }
            }
            """)["scaled.onnx"];
        return (string)type.Assembly.GetType("Use")!.GetMethod("It")!.Invoke(null, [path])!;
    }
}
