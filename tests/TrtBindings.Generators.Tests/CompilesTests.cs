namespace TrtBindings.Generators.Tests;

/// <summary>Generated code compiles without a warning in a strict consumer.</summary>
public sealed class CompilesTests
{
    /// <summary>Diagnostics of the files in ../shared/realmodels that have defects.</summary>
    internal static readonly Dictionary<string, string[]> Defects = new(StringComparer.Ordinal)
    {
        ["edge/zero_byte_sceneseg_int8.onnx"] = ["TRTB0002"],
        ["edge/ort__winml_corrupt-model.onnx"] = ["TRTB0002"],
        ["edge/ort__model_with_external_initializer_come_from_user.onnx"] = ["TRTB0004"],
        ["edge/ort__test_evil_weights.onnx"] = ["TRTB0004"],
        ["edge/polygraphy__empty.onnx"] = ["TRTB0010"],
        ["edge/ort__mul_1.noopset.onnx"] = ["TRTB0007"],
        ["edge/polygraphy__weightless.qdq_conv.onnx"] = ["TRTB0007"],
        ["edge/ort__winml_castmap-int64.onnx"] = ["TRTB0007", "TRTB0011"],
        ["edge/ort__sequence_length.onnx"] = ["TRTB0011"],
        ["edge/onnx_node__test_optional_has_element_empty_optional_input/model.onnx"] = ["TRTB0011"],
        ["edge/onnx_node__test_quantizelinear_int4/model.onnx"] = ["TRTB0011", "TRTB0013"],
        ["edge/ort__gh_issue_11717.onnx"] = ["TRTB0011", "TRTB0013"],
        ["edge/ort__custom_op_test_float8.onnx"] = ["TRTB0011", "TRTB0011", "TRTB0013"],
        ["edge/ortgo__example_complex_numbers.onnx"] = ["TRTB0011", "TRTB0011", "TRTB0013"],
        ["edge/ort__lr_mnist_scikit.onnx"] = ["TRTB0012"],
        ["edge/ort__optional_sequence_tensor.onnx"] = ["TRTB0013"],
        ["edge/ort__sparse_initializer_as_output.onnx"] = ["TRTB0013"],
        ["edge/ort__winml_zipmap-string.onnx"] = ["TRTB0013"],
        ["edge/ort__zipmap_stringfloat.onnx"] = ["TRTB0013"],
        ["edge/onnx_node__test_cast_FLOAT_to_INT4/model.onnx"] = ["TRTB0013"],
        ["edge/polygraphy__bad_graph_with_dup_value_info.onnx"] = ["TRTB0014"],
        ["edge/ort__dup_output_names.onnx"] = ["TRTB0015"],
    };

    public static TheoryData<string> RealModels()
    {
        var data = new TheoryData<string>();
        if (TestPaths.FindShared("realmodels") is not { } root) return new() { "" };
        foreach (var path in Directory.EnumerateFiles(root, "*.onnx", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            data.Add(Path.GetRelativePath(root, path).Replace('\\', '/'));
        return data;
    }

    [Trait("Category", "Slow")]
    [SkippableTheory]
    [MemberData(nameof(RealModels))]
    public void Every_real_model_compiles_or_is_reported(string file)
    {
        var run = GeneratorRun.Of(Shared.Require("realmodels/" + file));
        run.Ids.ShouldBe(Defects.GetValueOrDefault(file, []));
        run.Problems.ShouldBeEmpty();
        var isUsable = run.Result.Diagnostics.All(d => d.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        run.Result.GeneratedSources.Length.ShouldBe(isUsable ? 1 : 0);
    }

    [Trait("Category", "Slow")]
    [SkippableFact]
    public void All_real_models_fit_into_one_project()
    {
        var root = Shared.Require("realmodels");
        var paths = Directory.GetFiles(root, "*.onnx", SearchOption.AllDirectories);
        // Under their own paths, so that files of one name in several folders stay apart.
        var targets = paths.ToDictionary(p => p, p => Path.GetRelativePath(root, p).Replace('/', '-'));
        var run = GeneratorRun.Of(paths, "MyApp", targets);
        run.Problems.ShouldBeEmpty();
        run.Result.GeneratedSources.Length.ShouldBeGreaterThan(60);
    }

    [Fact]
    public void Every_element_type_with_a_C_sharp_form_compiles()
    {
        ElementType[] types =
        [
            ElementType.Float, ElementType.Double, ElementType.Float16, ElementType.BFloat16, ElementType.Int8,
            ElementType.UInt8, ElementType.Int16, ElementType.UInt16, ElementType.Int32, ElementType.UInt32,
            ElementType.Int64, ElementType.UInt64, ElementType.Bool, ElementType.String,
        ];
        var model = new OnnxModelBuilder();
        foreach (var type in types)
        {
            model.Input($"in_{type}", type, "n", null, 2L).Output($"out_{type}", type, "n", null, 2L)
                .Node("Identity", [$"in_{type}"], [$"out_{type}"]);
        }

        var run = GeneratorRun.Of(model);
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldMatch("InputTensor<global::System.Half, .*> InFloat16 ");
        run.Source.ShouldMatch("InputTensor<sbyte, .*> InInt8 ");
        run.Source.ShouldContain("StringOutputTensor OutString ");
    }

    [Fact]
    public void Scalars_zero_lengths_and_unranked_tensors_compile()
    {
        var model = new OnnxModelBuilder()
            .Input("scalar", ElementType.Float).Input("none", ElementType.Float, 0L, 3L)
            .Graph(g => g.Input("any", OnnxType.Unranked(ElementType.Int64)).Output("out", OnnxType.Unranked(ElementType.String)))
            .Output("huge", ElementType.Float, long.MaxValue, long.MaxValue).Node("Identity", ["scalar"], ["huge"]);
        var run = GeneratorRun.Of(model, sources:
            """
            internal static class Use
            {
                public static MyApp.Model.Inputs Of(MyApp.Model model) => model.AllocateInputs([1, 2]);
                public static MyApp.Model.Inputs Of(MyApp.Model model, float[] s, float[] n, long[] a) =>
                    model.WrapInputs([1, 2], s, n, a);
            }
            """);
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Types_of_the_project_cannot_take_the_place_of_the_library_or_of_the_aliases()
    {
        var run = GeneratorRun.Of(Models.YoloSeg("n", [39L, 8400L], [32L, 160L, 160L]), "model.onnx", """
            internal class S { }
            internal class Trt { }
            namespace MyApp
            {
                internal class S { }
                internal class Trt { }
                internal class OnnxModel { }
                internal class ModelInputs { }
                internal class N<T> { }
            }
            """);
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_model_without_inputs_compiles()
    {
        var run = GeneratorRun.Of(new OnnxModelBuilder().Output("y", ElementType.Float, 2L).Node("Constant", [], ["y"]));
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
    }

    [Trait("Category", "Slow")]
    [Fact]
    public void A_thousand_outputs_compile()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "n");
        for (var i = 0; i < 1000; i++) model.Output($"{i}", ElementType.Float, "n").Node("Identity", ["x"], [$"{i}"]);
        GeneratorRun.Of(model).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_end_in_LF_and_no_path_of_this_machine_is_in_the_text()
    {
        using var folder = new ModelFolder();
        var source = GeneratorRun.Of(folder.Add("m.onnx", Models.Identity())).Source;
        source.ShouldNotContain('\r');
        source.ShouldNotContain(folder.Path);
        source.ShouldStartWith("// <auto-generated/>\n#nullable enable\n");
    }
}
