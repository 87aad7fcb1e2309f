using TrtBindings.Model;

namespace TrtBindings.Generators.Tests;

/// <summary>Which models count as classification models.</summary>
public sealed class ClassificationFamilyTests
{
    private const string Use = "internal static class Use { public static object It(MyApp.Model m) => "
        + "TrtBindings.Vision.ClassificationEngine.For(m, TrtBindings.Vision.ClassificationPreprocessing.Timm); }";

    public static TheoryData<object?[], object?[], string?, string?> Shapes() => new()
    {
        { ["batch", 3L, 224L, 224L], ["batch", 3L], "3", "ChannelsFirst" },
        { [1L, 3L, 224L, 224L], [1L, 1000L], null, "ChannelsFirst" },
        { ["n", 1L, 28L, 28L], ["n", 10L, 1L, 1L], null, "ChannelsFirst" },
        { ["n", "h", "w", 3L], ["n", 10L], null, "ChannelsLast" },
        { ["n", 3L, "h", "w"], ["n", 1L, 10L], null, "ChannelsFirst" },
        // An open batch of another name, where the labels say that this is the family.
        { ["a", 3L, 224L, 224L], ["b", 3L], "3", "ChannelsFirst" },
        { ["a", 3L, 224L, 224L], ["b", 3L], null, null },
        { [1L, 3L, 224L, 224L], ["rows", 6L], null, null },
        { [2L, 3L, 224L, 224L], [1L, 6L], "6", null },
        // Another number of labels, one class, two dimensions that are not 1, an open number, five channels.
        { ["n", 3L, 224L, 224L], ["n", 4L], "3", null },
        { ["n", 3L, 224L, 224L], ["n", 1L], null, null },
        { ["n", 3L, 224L, 224L], ["n", 4L, 7L], null, null },
        { ["n", 3L, 224L, 224L], ["n", "k"], null, null },
        { ["n", 5L, 224L, 224L], ["n", 7L], null, null },
        { ["n", 3L, 224L], ["n", 7L], null, null },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_shapes_say_it(object?[] input, object?[] output, string? labels, string? expected)
    {
        var run = GeneratorRun.Of(Model(input, output, labels), sources: expected is null ? [] : [Use]);
        run.Problems.ShouldBeEmpty();
        if (expected is null) run.Source.ShouldNotContain("IClassificationModel");
        else run.Source.ShouldContain($"=> global::TrtBindings.ClassificationForm.{expected};");
    }

    [Fact]
    public void An_engine_takes_no_other_model()
    {
        var run = GeneratorRun.Of(Model(["n", 3L, 8L, 8L], ["n", 4L, 7L], null), sources: Use);
        run.Problems.ShouldHaveSingleItem().ShouldStartWith("CS0619");
    }

    [Fact]
    public void A_model_without_names_gets_numbered_members() =>
        GeneratorRun.Of(Model(["n", 3L, 8L, 8L], ["n", 4L], null)).Source.ShouldContain("public const int LabelCount = 4;");

    [Theory]
    [InlineData("Classification", "", true)]
    [InlineData("YoloSeg", "TRTB0110", false)]
    public void TrtTask_confirms_or_refuses(string task, string expected, bool isFamily)
    {
        var run = GeneratorRun.WithItem(Model(["a", 3L, 8L, 8L], ["b", 4L], null), new() { ["TrtTask"] = task });
        string.Join(' ', run.Ids).ShouldBe(expected);
        run.Source.Contains("IClassificationModel", StringComparison.Ordinal).ShouldBe(isFamily);
    }

    [Fact]
    public void TrtTask_against_the_shapes_says_what_is_wanted() =>
        GeneratorRun.WithItem(Model(["n", 3L, 8L, 8L], ["n", 4L, 7L], null), new() { ["TrtTask"] = "Classification" })
            .Messages.ShouldHaveSingleItem().ShouldContain("one float output [N, classes]");

    private static OnnxModelBuilder Model(object?[] input, object?[] output, string? labels)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, input).Output("y", ElementType.Float, output)
            .Node("Relu", ["x"], ["y"]);
        if (labels is null) return model;
        var names = Enumerable.Range(0, int.Parse(labels)).Select(i => $"'c{i}'");
        return model.Metadata("names", "[" + string.Join(", ", names) + "]");
    }
}
