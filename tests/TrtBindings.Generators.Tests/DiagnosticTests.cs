using System.Text;
using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Tests;

/// <summary>Every defect has its own id, is reported at the file, and says what to do.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("", "TRTB0002", "empty")]
    [InlineData("<!DOCTYPE html><html><body>404</body></html>", "TRTB0002", "HTML")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "TRTB0002", "git lfs pull")]
    [InlineData("hello", "TRTB0002", "text")]
    [InlineData("\u0008\u0001\u003a\u00ff\u00ff", "TRTB0003", "at byte")]
    public void A_file_that_is_no_model(string content, string id, string says)
    {
        using var folder = new ModelFolder();
        Reports(folder.Add("m.onnx", Encoding.Latin1.GetBytes(content)), id, says);
    }

    [Fact]
    public void A_missing_file()
    {
        using var folder = new ModelFolder();
        Reports(Path.Combine(folder.Path, "m.onnx"), "TRTB0001", "AdditionalFiles");
    }

    [Fact]
    public void A_folder_called_like_a_model()
    {
        using var folder = new ModelFolder();
        Reports(Directory.CreateDirectory(Path.Combine(folder.Path, "m.onnx")).FullName, "TRTB0001", "cannot be read");
    }

    [Fact]
    public void A_truncated_model()
    {
        using var folder = new ModelFolder();
        Reports(folder.Add("m.onnx", Models.Identity().ToBytes()[..^20]), "TRTB0003", "download, copy or export");
    }

    [Fact]
    public void External_data_that_is_missing_short_or_outside_leaves_the_class_there()
    {
        using var folder = new ModelFolder();
        var model = Models.Identity()
            .ExternalInitializer("w1", ElementType.Float, [4], "gone.bin", 0, 16)
            .ExternalInitializer("w2", ElementType.Float, [4], "short.bin", 0, 16)
            .ExternalInitializer("w3", ElementType.Float, [4], "../outside.bin", 0, 16)
            .ExternalInitializer("w4", ElementType.Float, [4], "there.bin", 0, 16);
        folder.Add("short.bin", new byte[15]);
        folder.Add("there.bin", new byte[16]);
        var run = GeneratorRun.Of(folder.Add("m.onnx", model));
        run.Ids.ShouldBe(["TRTB0004", "TRTB0005", "TRTB0006"]);
        var messages = run.Result.Diagnostics.Select(d => d.GetMessage()).ToArray();
        messages.ShouldContain(m => m.Contains("'gone.bin'"));
        messages.ShouldContain(m => m.Contains("has 15 bytes") && m.Contains("needs 16"));
        run.Problems.ShouldBeEmpty();
        run.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(int.MaxValue, "")]
    [InlineData(int.MaxValue + 1L, "TRTB0132 The model file has 2147483648 bytes")]
    public void A_file_over_2_GB_is_an_error_and_leaves_the_class_there(long bytes, string expected)
    {
        using var folder = new ModelFolder();
        // A field that no one knows, as a hole; the header of a length near 2 GB has 7 bytes.
        var model = Models.Identity().ToBytes();
        byte[] head = [.. model, .. new ProtobufWriter().Header(100, bytes - model.Length - 7).ToBytes()];
        head.Length.ShouldBe(model.Length + 7);
        var path = folder.Add("large.onnx", head);
        using (var file = File.OpenWrite(path)) file.SetLength(bytes);
        var run = GeneratorRun.Of(path);
        if (expected.Length == 0) run.Messages.ShouldBeEmpty();
        else run.Messages.ShouldHaveSingleItem().ShouldContain(expected);
        run.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_model_without_outputs() =>
        Reports(new OnnxModelBuilder().Input("x", ElementType.Float, 1L), "TRTB0010", "no outputs");

    [Theory]
    [InlineData(ElementType.Complex64, "tensor(complex64)")]
    [InlineData(ElementType.Int4, "tensor(int4)")]
    [InlineData(ElementType.Float8E4M3FN, "tensor(float8e4m3fn)")]
    public void An_input_of_a_type_without_a_C_sharp_form(ElementType type, string text) => Reports(
        new OnnxModelBuilder().Input("bad in", type, 1L).Output("y", ElementType.Float, 1L).Node("Cast", ["bad in"], ["y"]),
        "TRTB0011", "'bad in'", text);

    [Fact]
    public void An_input_that_is_no_tensor() => Reports(
        new OnnxModelBuilder().Output("y", ElementType.Float, 1L)
            .Graph(g => g.Input("s", OnnxType.Sequence(OnnxType.Tensor(ElementType.Float, 1L)))),
        "TRTB0011", "'s'", "seq(tensor(float))");

    [Fact]
    public void An_output_without_a_C_sharp_form_is_left_out_and_the_rest_is_usable()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, "n")
            .Graph(g => g.Output("map", OnnxType.Map(ElementType.Int64, OnnxType.Tensor(ElementType.Float))))
            .Output("y", ElementType.Float, "n").Node("Identity", ["x"], ["y"]);
        var run = GeneratorRun.Of(
            model, sources: "internal static class Use { public static object It(MyApp.Model.Outputs o) => o.Y; }");
        run.Ids.ShouldBe(["TRTB0012"]);
        run.Notes.ShouldBeEmpty();
        run.Result.Diagnostics.ShouldAllBe(d => d.Severity <= DiagnosticSeverity.Warning);
        run.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void No_output_with_a_C_sharp_form() => Reports(
        new OnnxModelBuilder().Input("x", ElementType.Float, 1L)
            .Output("a", ElementType.UInt2, 1L).Output("b", ElementType.Int2, 1L),
        "TRTB0013", "'a' is tensor(uint2), 'b' is tensor(int2)");

    [Fact]
    public void Two_inputs_of_one_name() => Reports(
        Models.Identity().Input("x", ElementType.Float, 2L), "TRTB0014", "'x'");

    [Fact]
    public void Two_outputs_of_one_name_give_one_member()
    {
        var run = GeneratorRun.Of(Models.Identity().Output("y", ElementType.Float, 9L));
        run.Ids.ShouldBe(["TRTB0015"]);
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldContain("SkipTensor();");
    }

    [Fact]
    public void A_file_without_operator_sets_version_or_the_data_of_a_weight_is_an_error_and_gives_no_class()
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(folder.Add("none.onnx", Models.Identity().WithoutVersions()));
        run.Ids.ShouldBe(["TRTB0007", "TRTB0007"]);
        run.Messages.ShouldContain(m => m.Contains("has no opset_import"));
        run.Messages.ShouldContain(m => m.Contains("has no ir_version"));
        run.Result.GeneratedSources.ShouldBeEmpty();

        var empty = GeneratorRun.Of(folder.Add("empty.onnx", Models.Identity().Initializer("w", ElementType.Float, [2, 2], [])));
        empty.Messages.ShouldHaveSingleItem().ShouldContain("has no data for the initializer 'w'");
        var zero = folder.Add("zero.onnx", Models.Identity().Initializer("w", ElementType.Float, [0, 2], []));
        GeneratorRun.Of(zero).Ids.ShouldBeEmpty();
    }

    [Fact]
    public void Every_defect_of_every_model_is_reported_in_one_build()
    {
        using var folder = new ModelFolder();
        var run = GeneratorRun.Of(
            folder.Add("a.onnx", []), folder.Add("b.onnx", new OnnxModelBuilder()),
            folder.Add("c.onnx", new OnnxModelBuilder().Input("p", ElementType.Int4).Input("q", ElementType.UInt4)
                .Output("r", ElementType.Int2)),
            folder.Add("d.onnx", Models.Identity()));
        run.Ids.ShouldBe(["TRTB0002", "TRTB0010", "TRTB0011", "TRTB0011", "TRTB0013"]);
        run.Result.GeneratedSources.ShouldHaveSingleItem();
    }

    private static void Reports(OnnxModelBuilder model, string id, params string[] says)
    {
        using var folder = new ModelFolder();
        Reports(folder.Add("m.onnx", model), id, says);
    }

    private static void Reports(string path, string id, params string[] says)
    {
        var run = GeneratorRun.Of(path);
        var diagnostic = run.Result.Diagnostics.ShouldHaveSingleItem();
        diagnostic.Id.ShouldBe(id);
        diagnostic.Location.GetLineSpan().Path.ShouldBe(path);
        diagnostic.Severity.ShouldBe(DiagnosticSeverity.Error);
        foreach (var text in says) diagnostic.GetMessage().ShouldContain(text);
        run.Result.GeneratedSources.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
    }
}
