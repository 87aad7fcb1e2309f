using System.Reflection;

namespace TrtBindings.Generators.Tests;

/// <summary>The enum of class labels, and recognition of YOLO-seg.</summary>
public sealed class LabelTests
{
    [Fact]
    public void Odd_labels_become_distinct_members_and_keep_their_text()
    {
        string[] labels =
            ["person", "Person", "", "3d printer", "driver's seat", "value__", "class", "\\u5927", "ToString", "person"];
        var names = "{" + string.Join(", ", labels.Select((l, i) => $"{i}: \"{l}\"")) + "}";
        var run = GeneratorRun.Of(Models.Identity().Metadata("names", names));
        run.Ids.ShouldBeEmpty();
        run.Problems.ShouldBeEmpty();
        Members(run).ShouldBe(
            ["Person", "Person_2", "Class2", "_3dPrinter", "DriverSSeat", "Value", "Class", "大", "ToString", "Person_3"]);
        foreach (var text in labels.Where(l => l.Length > 0 && l[0] != '\\')) run.Source.ShouldContain("\"" + text + "\"");
    }

    [Fact]
    public void Labels_that_are_numbers_or_words_without_quotes_keep_their_text()
    {
        var run = GeneratorRun.Of(Models.Identity().Metadata("names", "{0: 0, 1: 1, 2: None}"));
        run.Ids.ShouldBeEmpty();
        Members(run).ShouldBe(["_0", "_1", "None"]);
    }

    [Fact]
    public void A_thousand_labels_compile()
    {
        var names = "[" + string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"'class {i % 700}'")) + "]";
        var run = GeneratorRun.Of(Models.Identity().Metadata("names", names));
        run.Problems.ShouldBeEmpty();
        Members(run).Length.ShouldBe(1000);
        run.Source.ShouldContain("public const int LabelCount = 1000;");
    }

    [Theory]
    [InlineData("person, car", "TRTB0134")]
    [InlineData("{0: 'a', 2: 'b'}", "TRTB0134")]
    [InlineData("{}", "")]
    public void Metadata_that_is_no_list_of_labels_gives_no_enum_and_says_so(string names, string expected)
    {
        var run = GeneratorRun.Of(Models.Identity().Metadata("names", names));
        string.Join(' ', run.Ids).ShouldBe(expected);
        run.Source.ShouldNotContain("enum Label");
    }

    [Fact]
    public void A_YOLO_seg_model_without_names_gets_numbered_members()
    {
        var run = GeneratorRun.Of(Models.YoloSeg("batch", [39L, "anchors"], [32L, 160L, 160L], names: null));
        run.Problems.ShouldBeEmpty();
        Members(run).ShouldBe(["Class0", "Class1", "Class2"]);
        run.Source.ShouldNotContain("Labels =>");
    }

    public static TheoryData<object?[], object?[], string?, string?, string?> Forms() => new()
    {
        { [39L, 8400L], [32L, 160L, 160L], "3", null, "Dense" },
        { [39L, null], [32L, null, null], "3", null, "Dense" },
        { [116L, 8400L], [32L, 160L, 160L], null, null, "Dense" },
        { [300L, 38L], [32L, 160L, 160L], "3", null, "EndToEnd" },
        { [null, 38L], [32L, 160L, 160L], "3", null, "EndToEnd" },
        // Both forms fit: 4 + 3 + 32 rows and 6 + 32 columns. Only metadata can decide.
        { [39L, 38L], [32L, 160L, 160L], "3", "True", "EndToEnd" },
        { [39L, 38L], [32L, 160L, 160L], "3", "False", "Dense" },
        { [39L, 38L], [32L, 160L, 160L], "3", null, "EndToEnd" },
        // Metadata does not override a shape that fits only one form.
        { [39L, 8400L], [32L, 160L, 160L], "3", "True", "Dense" },
        // YOLOv5: three rows for each cell of the grid, with an objectness.
        { [25200L, 117L], [32L, 160L, 160L], null, null, "YoloV5" },
        { [25200L, 40L], [32L, 160L, 160L], "3", null, "YoloV5" },
        { [8400L, 39L], [32L, 160L, 160L], "3", null, "Transposed" },
        // Ultralytics' exporter before it wrote end2end, for a dynamic size: the columns are the cells of the grid.
        { [null, 8400L], [32L, 160L, 160L], "3", null, "Dense" },
        // Not this family.
        { [36L, 8400L], [32L, 160L, 160L], null, null, null },
        { [39L, 8400L], [null, 160L, 160L], "3", null, null },
        { [39L, 8400L], [32L, 160L], "3", null, null },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_form_follows_from_the_shapes(
        object?[] heads, object?[] masks, string? labels, string? endToEnd, string? expected)
    {
        var model = Models.YoloSeg("batch", heads, masks, labels is null ? null : "{0: 'a', 1: 'b', 2: 'c'}");
        if (endToEnd is not null) model.Metadata("end2end", endToEnd);
        var run = GeneratorRun.Of(model);
        run.Problems.ShouldBeEmpty();
        if (expected is null) run.Source.ShouldNotContain("YoloSeg");
        else run.Source.ShouldContain($"=> Trt::YoloForm.{expected};");
    }

    [Fact]
    public void An_nms_argument_says_end_to_end_as_well()
    {
        var model = Models.YoloSeg(1L, [39L, 38L], [32L, 160L, 160L])
            .Metadata("end2end", "False").Metadata("args", "{'batch': 1, 'nms': True}");
        GeneratorRun.Of(model).Source.ShouldContain("YoloForm.EndToEnd;");
    }

    [Theory]
    [InlineData("True", "EndToEnd")]
    [InlineData("False", "Dense")]
    [InlineData(null, "Dense")]
    public void Where_both_fit_the_metadata_decides_and_then_the_anchors_of_the_grid(string? endToEnd, string expected)
    {
        // A 32 x 32 picture has 16 + 4 + 1 anchors; with 15 masks an end-to-end row has as many numbers.
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 32L, 32L)
            .Output("output0", ElementType.Float, 1L, 22L, 21L).Output("output1", ElementType.Float, 1L, 15L, 8L, 8L)
            .Node("Relu", ["images"], ["output0"]).Node("Relu", ["images"], ["output1"])
            .Metadata("names", "['a', 'b', 'c']");
        if (endToEnd is not null) model.Metadata("end2end", endToEnd);
        GeneratorRun.Of(model).Source.ShouldContain($"YoloForm.{expected};");
    }

    private static string[] Members(GeneratorRun run)
    {
        using var assembly = new MemoryStream();
        run.Output.Emit(assembly).Success.ShouldBeTrue();
        var label = Assembly.Load(assembly.ToArray()).GetType("MyApp.Model+Label")!;
        // Compared by value: distinct values show that no two classes share a member.
        return [.. Enumerable.Range(0, Enum.GetValues(label).Length).Select(i => Enum.GetName(label, i)!)];
    }
}
