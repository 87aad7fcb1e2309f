using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace TrtBindings.Generators.Tests;

/// <summary>The whole generated file for a few models, for people to read. Approved files are under Approved/.</summary>
public sealed partial class SnapshotTests
{
    [Fact]
    public void A_dense_YOLO_seg_model() =>
        Matches(Models.YoloSeg("batch", [39L, "anchors"], [32L, 160L, 160L]), "tiny-seg.onnx");

    [Fact]
    public void Dynamic_dimensions_text_and_unranked_inputs() => Matches(
        new OnnxModelBuilder().Documentation("Ranks sentences <by> length.")
            .Input("tokens", ElementType.Int64, "batch", "seq_len").Input("mask", ElementType.Bool, "batch", null)
            .Graph(g => g.Input("prior", OnnxType.Unranked(ElementType.Float16), "Earlier state."))
            .Input("sentence", ElementType.String, "batch")
            .Output("scores", ElementType.Float, "batch", "found").Output("total", ElementType.Double)
            .Output("next", ElementType.Float, "batch", "seq_len+1", 2L)
            .Node("Identity", ["tokens"], ["scores"]),
        "text-ranker.onnx");

    [Fact]
    public void Odd_names_and_an_output_without_a_form() => Matches(
        new OnnxModelBuilder().Input("input.1", ElementType.Float, null, 3L, "?", "?")
            .Input("443", ElementType.UInt8, "class").Input("resize", ElementType.Float, 1L)
            .Output("/model/out", ElementType.BFloat16, 12800L, 1L).Graph(g => g.Output("zipmap", OnnxType.Sequence(
                OnnxType.Map(ElementType.Int64, OnnxType.Tensor(ElementType.Float)))))
            .Output("model.out", ElementType.Float, "class").Node("Identity", ["input.1"], ["/model/out"]),
        "2.5g_model.onnx");

    [Fact]
    public void Every_element_type_that_has_a_form()
    {
        var model = new OnnxModelBuilder();
        foreach (var type in Enum.GetValues<ElementType>().Where(t => t.BitWidth() >= 8 || t == ElementType.String))
        {
            var isComplex = type is ElementType.Complex64 or ElementType.Complex128;
            if (isComplex || type.OnnxName().StartsWith("float8", StringComparison.Ordinal)) continue;
            model.Input($"in_{type.OnnxName()}", type, 2L).Output($"out_{type.OnnxName()}", type, 2L);
            model.Node("Identity", [$"in_{type.OnnxName()}"], [$"out_{type.OnnxName()}"]);
        }

        Matches(model, "element-types.onnx");
    }

    [Fact]
    public void An_SCRFD_model_that_mixes_the_images_of_a_batch() => Matches(Models.Scrfd(batched: false), "scrfd.onnx");

    [Fact]
    public void Inputs_with_a_default_and_an_output_that_varies() => Matches(
        new OnnxModelBuilder().Input("image", ElementType.Float, 1L, 3L, "h", "w").Input("strength", ElementType.Float, 1L)
            .Graph(g => g.Initializer(OnnxTensor.Floats("strength", [1], 3)).Initializer(OnnxTensor.Int64s("s", [2], -1, 3)))
            .Output("rows", ElementType.Float, 4096L, 3L)
            .Node("Mul", ["image", "strength"], ["m"]).Node("Reshape", ["m", "s"], ["rows"]),
        "stylize.onnx");

    [Fact]
    public void Odd_labels() => Matches(
        Models.Identity().Metadata("names", "{0: 'hot dog', 1: 'Hot-Dog', 2: '', 3: \"d'or\", 4: '7up', 5: 'ñ\\\\t'}"),
        "labels.onnx");

    [Fact]
    public void A_renamed_internal_class_with_profiles() => Matches(
        GeneratorRun.WithItem(
            Models.Identity("input.1", "443", "batch", 3L, "?", "?"), new()
            {
                ["TrtName"] = "FaceNet", ["TrtNamespace"] = "Shop.Vision", ["TrtVisibility"] = "internal",
                ["TrtRename"] = "input.1=Images,443=Scores", ["TrtPrecision"] = "fp16",
                ["TrtProfile"] = "batch=1..4..16,height=320..640..1280,width=640|batch=32,height=640,width=640",
            }),
        "renamed.onnx");

    [Fact]
    public void Every_generated_file_fits_a_screen_and_a_small_model_200_lines()
    {
        var files = Directory.GetFiles(Folder(), "*.approved.cs.txt").ToDictionary(f => Path.GetFileName(f), File.ReadAllLines);
        files.Count.ShouldBeGreaterThan(6);
        files["tiny-seg.approved.cs.txt"].Length.ShouldBeLessThanOrEqualTo(200);
        foreach (var (file, lines) in files) lines.Max(line => line.Length).ShouldBeLessThanOrEqualTo(130, file);
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Approved");

    private static void Matches(OnnxModelBuilder model, string file) => Matches(GeneratorRun.Of(model, file), file);

    private static void Matches(GeneratorRun run, string file)
    {
        run.Problems.ShouldBeEmpty();
        run.Source.ShouldMatchApproved(c => c.NoDiff().SubFolder("Approved").WithScrubber(WithoutVersion)
            .WithFilenameGenerator((_, _, type, _) => $"{Path.GetFileNameWithoutExtension(file)}.{type}.cs.txt"));
    }

    private static string WithoutVersion(string source) => VersionText().Replace(source, "$1\"VERSION\"");

    [GeneratedRegex("(\"TrtBindings.Generators\", )\"[0-9.]+\"")]
    private static partial Regex VersionText();
}
