namespace TrtBindings.Generators.Tests;

/// <summary>Metadata on an item takes effect. Each defect is one diagnostic, and the class is still generated.</summary>
public sealed class ItemTests
{
    private static OnnxModelBuilder Picture() => Models.Identity("in put", "out", "batch", 3L, "?", "w,h");

    [Theory]
    [InlineData("TrtProfile", "batch=1,'w,h'=2,height=1..2..3", "")]
    [InlineData("TrtProfile", "batch=1,width=2,in put[2]=1..2..3", "TRTB0102 'width'")]
    [InlineData("TrtProfile", "batch=1,'w,h'=2,in put[2]=1..2..3", "")]
    [InlineData("TrtProfile", "batch=1,'w,h'=2", "TRTB0120 'in put[2]' has no range in profile 1")]
    [InlineData("TrtProfile", "batch=1;height=2", "TRTB0100 character 8")]
    [InlineData("TrtProfile", "batch=4..2..8", "TRTB0101 4..2..8")]
    [InlineData("TrtProfile", "batch=1..8..4", "TRTB0101 1..8..4")]
    [InlineData("TrtProfile", "batch=0..1..2,'w,h'=2,height=1", "")]
    [InlineData("TrtProfile", "Batch=1", "TRTB0102 It has 'batch', 'in put[2]', 'w,h'.")]
    [InlineData("TrtProfile", "channels=3", "TRTB0103 fixes at 3")]
    [InlineData("TrtProfile", "in put[1]=3", "TRTB0103 fixes at 3")]
    [InlineData("TrtProfile", "batch=1,batch=2", "TRTB0104 'batch'")]
    [InlineData("TrtProfile", "batch=9..8..7,m=1,channels=3", "TRTB0101 9..8..7|TRTB0102 'm'|TRTB0103 'channels'")]
    [InlineData("TrtVisibility", "protected", "TRTB0105 'public', 'internal'")]
    [InlineData("TrtBackend", "Cuda", "TRTB0105 'TensorRT', 'OnnxRuntime'")]
    [InlineData("TrtTask", "Segment", "TRTB0105 'YoloSeg'")]
    [InlineData("TrtTask", "YoloSeg", "TRTB0110 one float input")]
    [InlineData("TrtTask", "scrfd", "TRTB0110 6, 9, 10 or 15 float outputs")]
    [InlineData("TrtTask", "maskrcnn", "TRTB0110 and the outputs of one of")]
    [InlineData("TrtTask", "YoloPose", "TRTB0110 kpt_shape")]
    [InlineData("TrtTask", "SemanticSegmentation", "")]
    [InlineData("TrtName", "my-net", "TRTB0106 my-net")]
    [InlineData("TrtName", "class", "TRTB0106 class")]
    [InlineData("TrtName", "Inputs", "TRTB0106 Inputs")]
    [InlineData("TrtNamespace", "A..B", "TRTB0106 A..B")]
    [InlineData("TrtNamespace", "A.B ", "")]
    [InlineData("TrtRename", "in put=Images,out=Scores", "")]
    [InlineData("TrtRename", "input=Images", "TRTB0107 It has 'in put', 'out'")]
    [InlineData("TrtRename", "out=1st", "TRTB0108 '1st'")]
    [InlineData("TrtRename", "out=Dispose", "TRTB0108 'Dispose'")]
    [InlineData("TrtRename", "out=A,out=B", "TRTB0109 renamed twice")]
    [InlineData("TrtRename", "batch=Count,'w,h'=Extent", "")]
    [InlineData("TrtRename", "batch=InPut", "TRTB0109 'in put' has that name")]
    [InlineData("TrtRename", "batch=WH", "TRTB0109 'w,h' has that name")]
    [InlineData("TrtRename", "batch=Height", "TRTB0109 'in put[2]' has that name")]
    [InlineData("TrtRename", "in put=Batch", "TRTB0109 'batch' has that name")]
    [InlineData("TrtRename", "batch=X,in put=X", "TRTB0109 'batch' has that name")]
    [InlineData("TrtRename", "batch=WH,'w,h'=Batch", "")]
    [InlineData("TrtRename", "batch=A,batch=B", "TRTB0109 renamed twice")]
    [InlineData("TrtRename", "batch=Resize", "TRTB0108 'Resize'")]
    [InlineData("TrtRename", "?=Height", "TRTB0107 '?'")]
    [InlineData("TrtRename", "out=A,in put", "TRTB0100 '=' is expected at character 13, where the end stands")]
    [InlineData("TrtCutMetadata", "TrtProfile", "TRTB0112 TrtProfile has ';'")]
    [InlineData("TrtUnknownMetadata", "TrtProfil,TrtX", "TRTB0113 TrtProfil,|TRTB0113 TrtX,")]
    public void Every_defect_is_one_diagnostic_and_the_class_is_there(string name, string value, string expected)
    {
        var run = GeneratorRun.WithItem(Picture(), new Dictionary<string, string> { [name] = value });
        var says = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
        run.Ids.ShouldBe(says.Select(s => s[..8]), string.Join('\n', run.Messages));
        foreach (var (message, text) in run.Messages.Zip(says)) message.ShouldContain(text[9..]);
        run.Result.GeneratedSources.ShouldHaveSingleItem();
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_precision_that_means_nothing_still_asks_for_TensorRT() =>
        GeneratorRun.WithItem(Models.Identity("x", "y", "n"), new() { ["TrtPrecision"] = "fp17" }).Ids
            .ShouldBe(["TRTB0105", "TRTB0120"]);

    [Fact]
    public void A_member_that_another_tensor_has_is_a_clash()
    {
        var model = new OnnxModelBuilder().Input("a", ElementType.Float, 1L).Input("b", ElementType.Float, 1L)
            .Output("c", ElementType.Float, 1L).Node("Add", ["a", "b"], ["c"]);
        GeneratorRun.WithItem(model, new() { ["TrtRename"] = "a=B" }).Messages.ShouldHaveSingleItem()
            .ShouldContain("'b' has that");
        var swapped = GeneratorRun.WithItem(model, new() { ["TrtRename"] = "b=X,a=B" });
        swapped.Ids.ShouldBeEmpty();
        swapped.Source.ShouldContain("Input <c>a</c>: <c>float [1]</c>, 4 bytes.</summary>\n        "
            + "public Trt::InputTensor<float, _1> B { get; }");
        GeneratorRun.WithItem(model, new() { ["TrtRename"] = "a=B,b=A" }).Ids.ShouldBeEmpty("they change names");
        GeneratorRun.WithItem(model, new() { ["TrtRename"] = "c=B" }).Ids.ShouldBeEmpty("inputs and outputs are two classes");
    }

    [Theory]
    [InlineData("s7777=S4343434", "S4343434 InputIdsDim1", "")]
    [InlineData("s7777=InputIdsDim1", "InputIdsDim0 InputIdsDim1", "TRTB0109 's4343434' has that name")]
    [InlineData("input_ids=InputIdsDim1", "InputIdsDim0 InputIdsDim1", "TRTB0109 's4343434' has that name")]
    [InlineData("s7777=InputIdsDim1,s4343434=InputIdsDim0", "InputIdsDim1 InputIdsDim0", "")]
    [InlineData("s7777=Optional8", "InputIdsDim0 InputIdsDim1", "TRTB0109 '8' has that name")]
    [InlineData("s7777=Input8", "Input8 InputIdsDim1", "")]
    public void A_name_is_taken_if_a_member_has_it(string rename, string properties, string expected)
    {
        var model = new OnnxModelBuilder().Input("input_ids", ElementType.Float, "s7777", "s4343434")
            .Input("8", ElementType.Float, 1L).Initializer("8", ElementType.Float, [1L], new byte[4])
            .Output("y", ElementType.Float, "s7777", "s4343434").Node("Add", ["input_ids", "8"], ["y"]);
        var run = GeneratorRun.WithItem(model, new() { ["TrtRename"] = rename });
        run.Ids.ShouldBe(expected.Length == 0 ? [] : [expected[..8]]);
        if (expected.Length > 0) run.Messages.ShouldHaveSingleItem().ShouldContain(expected[9..]);
        foreach (var property in properties.Split(' ')) run.Source.ShouldContain($"public long {property} ");
        run.Source.ShouldNotContain("InputIdsDim1_2");
    }

    [Fact]
    public void Names_visibility_and_members_take_effect()
    {
        var run = GeneratorRun.WithItem(
            Picture(), new()
            {
                ["TrtName"] = "Net", ["TrtNamespace"] = "Other.Place", ["TrtVisibility"] = "Internal",
                ["TrtRename"] = "in put=Images",
            },
            "internal static class Use { public static object It(Other.Place.Net.Inputs i) => i.Images; }");
        run.Problems.ShouldBeEmpty();
        run.Output.GetTypeByMetadataName("Other.Place.Net")!.DeclaredAccessibility
            .ShouldBe(Microsoft.CodeAnalysis.Accessibility.Internal);
        run.Source.ShouldContain("Images { get; }");
    }

    [Fact]
    public void Two_files_of_one_name_may_have_two_namespaces_and_not_one()
    {
        using var folder = new ModelFolder();
        var (a, b) = (folder.Add("a/m.onnx", Models.Identity()), folder.Add("b/n.onnx", Models.Identity()));
        GeneratorRun Run(string space, string name) => GeneratorRun.WithItems(
            [a, b], new()
            {
                [a] = new() { ["TrtNamespace"] = "P" }, [b] = new() { ["TrtNamespace"] = space, ["TrtName"] = name },
            });
        Run("Q", "M").Ids.ShouldBeEmpty();
        Run("P", "N").Ids.ShouldBeEmpty();
        Run("P", "M").Ids.ShouldBe(["TRTB0020"]);
    }

    [Fact]
    public void A_conversion_is_checked_by_its_words_and_the_hash_of_what_was_converted_is_in_the_signature()
    {
        var model = Models.Identity("x", "y", "n");
        GeneratorRun.WithItem(model, new() { ["TrtConvert"] = "FP16", ["TrtCalibrationMethod"] = "minmax" }).Ids.ShouldBeEmpty();
        GeneratorRun.WithItem(model, new() { ["TrtConvert"] = "fp8", ["TrtCalibrationMethod"] = "best" }).Ids
            .ShouldBe(["TRTB0105", "TRTB0105"]);
        var run = GeneratorRun.WithItem(model, new() { ["TrtConvert"] = "bf16", ["TrtSourceHash"] = "c0ffee" });
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("SourceHash = \"c0ffee\",");
    }

    [Fact]
    public void The_family_that_an_item_names_is_in_the_signature_in_its_own_spelling()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, 32, 32)
            .Output("y", ElementType.Float, "batch", 3, 32, 32).Node("Relu", ["x"], ["y"]);
        var run = GeneratorRun.WithItem(model, new() { ["TrtTask"] = "semanticsegmentation" });
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("Task = \"SemanticSegmentation\",");
        GeneratorRun.WithItem(model, new() { ["TrtBackend"] = "TensorRT" }).Source.ShouldNotContain("Task =");
    }

    [Fact]
    public void A_profile_is_in_the_signature_in_the_documentation_and_in_constants()
    {
        var run = GeneratorRun.WithItem(
            Models.Identity("x", "y", "batch", "n"),
            new() { ["TrtProfile"] = "batch=1..4..16,n=8|batch=32,n=8", ["TrtPrecision"] = "FP16", ["TrtBackend"] = "tensorrt" },
            """
            internal static class Use
            {
                public const int Largest = MyApp.Model.Ranges.Batch.Maximum - MyApp.Model.Ranges.N.Minimum;
                public static string It() => string.Join(" | ", MyApp.Model.CompiledSignature.Declaration.Profiles);
            }
            """);
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("; at least 0; declared for 1..4..16 | 32.</param>");
        run.Source.ShouldContain("Precision = Trt::ModelPrecision.Float16,");
        run.Source.ShouldContain("Backend = Trt::RequestedBackend.TensorRT,");
        run.Source.ShouldContain("new(0, \"batch\", 32, 32, 32)");
    }
}
