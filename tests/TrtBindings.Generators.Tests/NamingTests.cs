namespace TrtBindings.Generators.Tests;

/// <summary>C# names of models, tensors and dimensions. The ONNX names are kept beside them.</summary>
public sealed class NamingTests
{
    [Theory]
    [InlineData("yolo11n-seg.onnx", "Yolo11nSeg")]
    [InlineData("scrfd_2.5g_kps.onnx", "Scrfd2_5gKps")]
    [InlineData("443.onnx", "Model443")]
    [InlineData("---.onnx", "Model")]
    [InlineData("class.onnx", "Class")]
    [InlineData("system.onnx", "SystemModel")]
    [InlineData("inputs.onnx", "InputsModel")]
    [InlineData("run.onnx", "RunModel")]
    [InlineData("trt.onnx", "TrtModel")]
    [InlineData("load-async.onnx", "LoadAsyncModel")]
    [InlineData("example ż 大 김.onnx", "ExampleŻ大김")]
    [InlineData("UPPER.ONNX", "UPPER")]
    public void A_class_is_called_as_its_file(string file, string expected)
    {
        var run = GeneratorRun.Of(Models.Identity(), file);
        run.Source.ShouldContain($"public sealed partial class {expected} :");
        run.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("input.1", "Input1", "input1")]
    [InlineData("443", "Input443", "input443")]
    [InlineData("gpu_0/data_0", "Gpu0Data0", "gpu0Data0")]
    [InlineData("/model/out", "ModelOut", "modelOut")]
    [InlineData("y:0", "Y0", "y0")]
    [InlineData("kép", "Kép", "kép")]
    [InlineData("画像", "画像", "画像")]
    [InlineData("dimensions", "Dimensions", "dimensions_2")]
    [InlineData("😀", "Input0", "input0")]
    [InlineData("", "Input0", "input0")]
    [InlineData("in", "In", "@in")]
    [InlineData("input_1_2", "Input1_2", "input1_2")]
    [InlineData("e\u0301", "É", "é")]
    [InlineData("a\u202eb", "AB", "aB")]
    [InlineData("a\"\\\n\u2028b", "AB", "aB")]
    [InlineData("</c>&", "C", "c")]
    [InlineData("tensors", "Tensors_2", "tensors")]
    [InlineData("get type", "GetType_2", "getType")]
    [InlineData("compiledSignature", "CompiledSignature_2", "compiledSignature")]
    public void A_tensor_keeps_its_name_and_gets_an_identifier(string name, string property, string parameter)
    {
        var run = GeneratorRun.Of(Models.Identity(name, "out"));
        run.Source.ShouldMatch($@"public Trt::InputTensor<float, .*> {property} {{ get; }}");
        run.Source.ShouldContain($"WrapInputs(global::System.Memory<float> {parameter})");
        run.Problems.ShouldBeEmpty();
        SignatureOf(run).ShouldContain(name);
    }

    [Fact]
    public void Names_that_differ_only_by_what_an_identifier_cannot_hold_are_numbered()
    {
        var model = new OnnxModelBuilder().Input("a.b", ElementType.Float, 1L).Input("a_b", ElementType.Float, 1L)
            .Input("A/B", ElementType.Float, 1L).Input("AB_2", ElementType.Float, 1L)
            .Output("y", ElementType.Float, 1L).Node("Identity", ["a.b"], ["y"]);
        var run = GeneratorRun.Of(model);
        run.Problems.ShouldBeEmpty();
        foreach (var name in new[] { "AB", "AB_2", "AB_3", "AB2" })
            run.Source.ShouldMatch($"InputTensor<float, .*> {name} {{ get; }}");
    }

    [Fact]
    public void A_tensor_keeps_its_name_before_a_dimension_of_that_name()
    {
        var run = GeneratorRun.Of(Models.Identity("batch", "y", "batch", 4L));
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldMatch("InputTensor<float, .*> Batch { get; }");
        run.Source.ShouldContain("long Batch_2 =>");
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long batch_2)");
    }

    [Fact]
    public void One_name_is_one_parameter_and_every_unknown_dimension_its_own()
    {
        var model = new OnnxModelBuilder()
            .Input("a", ElementType.Float, "batch_size", "2N", null).Input("b", ElementType.Float, "batch_size", "?", "")
            .Output("y", ElementType.Float, "batch_size", "other", null).Node("Add", ["a", "b"], ["y"]);
        var run = GeneratorRun.Of(model);
        run.Problems.ShouldBeEmpty();
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long batchSize, long dim2N, long aDim2, long bDim1, long bDim2)");
        run.SourceWithoutSizes.ShouldContain("AllocateOutputs(long batchSize)");
    }

    [Fact]
    public void Unknown_dimensions_of_a_picture_are_called_as_people_call_them()
    {
        var run = GeneratorRun.Of(Models.Identity("input.1", "443", null, 3L, "?", "?"));
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long batch, long height, long width)");
        run.Source.ShouldContain("AllocateOutputs()");
        run.Source.ShouldContain("Rank = 4, Channels = 3;");
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_keyword_is_escaped_in_parameters_only()
    {
        var run = GeneratorRun.Of(Models.Identity("x", "y", "class", 4L));
        run.SourceWithoutSizes.ShouldContain("AllocateInputs(long @class)");
        run.Source.ShouldContain("public long Class =>");
        run.Source.ShouldContain("<param name=\"class\">");
        run.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("My.App", "namespace My.App;")]
    [InlineData("My.class", "namespace My.@class;")]
    public void The_namespace_is_the_root_namespace(string rootNamespace, string expected)
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of([folder.Add("m.onnx", Models.Identity())], rootNamespace);
        run.Ids.ShouldBeEmpty();
        run.Source.ShouldContain(expected);
        run.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_root_namespace_there_is_no_namespace(string? rootNamespace)
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(
            [folder.Add("m.onnx", Models.YoloSeg(1L, [39L, 8400L], [32L, 160L, 160L]))], rootNamespace);
        run.Ids.ShouldBeEmpty();
        run.Source.ShouldNotContain("namespace ");
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Generated_files_of_models_that_differ_by_case_or_odd_letters_stay_apart()
    {
        using var folder = new ModelFolder();
        string[] names = ["a/one x.onnx", "a/one#x2.onnx", "b/ONE.onnx", "b/one.onnx2.onnx", "c/;two\"<.onnx", "c/one_2.onnx"];
        var paths = names.Select((n, i) => folder.Add($"{i}.onnx", Models.Identity())).ToArray();
        var targets = paths.Zip(names).ToDictionary(p => p.First, p => p.Second);
        var run = GeneratorRun.Of(paths, "MyApp", targets);
        run.Ids.ShouldBeEmpty();
        run.Result.GeneratedSources.Select(s => s.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(6);
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_very_long_name_is_cut_and_kept_in_the_signature()
    {
        var name = new string('n', 5000);
        var run = GeneratorRun.Of(Models.Identity(name, "y", name + "d"));
        run.Problems.ShouldBeEmpty();
        SignatureOf(run).ShouldContain(name);
    }

    /// <summary>The values of all string literals in the generated file.</summary>
    private static string[] SignatureOf(GeneratorRun run) =>
    [
        .. run.Result.GeneratedSources[0].SyntaxTree.GetRoot().DescendantTokens()
            .Where(t => t.Value is string).Select(t => (string)t.Value!),
    ];
}
