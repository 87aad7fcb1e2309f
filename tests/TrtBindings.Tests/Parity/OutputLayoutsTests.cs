using TrtBindings.Parity;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Parity;

/// <summary>What the outputs hold, by the family that the item names where the file does not tell it.</summary>
public sealed class OutputLayoutsTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("YoloDetect", 2)]
    public void A_head_without_class_names_has_boxes_and_scores_if_the_item_says_so(string task, int parts)
    {
        var layout = Layout(task, [1, 84, 1029], 224);
        layout.Parts.Count.ShouldBe(parts);
        if (parts > 0) layout.Parts.Select(part => part.Name).ShouldBe(["boxes", "scores"]);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("YoloEndToEnd", true)]
    public void Rows_in_another_order_are_the_same_finds_if_the_item_says_that_they_are_rows(string task, bool passes)
    {
        nint[] shape = [1, 300, 6];
        var rows = Enumerable.Range(0, 300).Select(i => new[] { 2f * i, i, (2 * i) + 30, i + 40, 0.9f - (i * 0.002f), i % 3 })
            .ToArray();
        float[] expected = [.. rows.SelectMany(row => row)];
        float[] turned = [.. rows.Reverse().SelectMany(row => row)];
        var results = OutputComparison.Compare(
            "y", "", shape, expected, turned, Layout(task, [1, 300, 6], 640), ParityTolerance.Float32);
        results.All(result => result.Passed).ShouldBe(passes);
    }

    private static OutputLayout Layout(string task, long[] shape, long size)
    {
        using var file = new MemoryStream(new OnnxModelBuilder().Input("images", ElementType.Float, 1, 3, size, size)
            .Output("y", ElementType.Float, [.. shape.Select(length => (object)length)])
            .Node("Relu", ["images"], ["y"]).ToBytes());
        var model = OnnxModelReader.Read(file);
        var signature = new ModelSignature("m.onnx", model.Inputs, model.Outputs) { Declaration = new() { Task = task } };
        return OutputLayouts.Of(model, signature, [shape])[0];
    }
}
