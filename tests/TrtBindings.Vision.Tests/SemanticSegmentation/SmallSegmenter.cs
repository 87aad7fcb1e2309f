using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

/// <summary>
/// A segmenter with the classes red, green, blue and dark for cells of 4 x 4 pixels. The logits are the colours' means,
/// and 0.3 for dark. The operators after the logits can be chosen.
/// </summary>
internal static class SmallSegmenter
{
    public static UntypedSegmenter<Paint> Load(
        object? batch = null, object? height = null, object? width = null, ElementType? labels = null, bool hasAuxiliary = false,
        string names = "['red', 'green', 'blue', 'dark']")
    {
        var logits = labels is null ? "out" : "logits";
        object?[] shape = [batch ?? "batch", 4L, "h", "w"];
        var model = new OnnxModelBuilder()
            .Input("images", ElementType.Float, batch ?? "batch", 3L, height ?? "height", width ?? "width")
            .Graph(g => g.Initializer(OnnxTensor.Floats("w", [4, 3, 1, 1], 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0))
                .Initializer(OnnxTensor.Floats("b", [4], 0, 0, 0, .3f)))
            .Node("AveragePool", ["images"], ["small"],
                OnnxAttribute.Ints("kernel_shape", 4, 4), OnnxAttribute.Ints("strides", 4, 4))
            .Node("Conv", ["small", "w", "b"], [logits])
            .Metadata("names", names);
        if (labels is { } type)
        {
            model.Node("ArgMax", ["logits"], ["best"], OnnxAttribute.Int("axis", 1), OnnxAttribute.Int("keepdims", 0))
                .Node("Cast", ["best"], ["out"], OnnxAttribute.Int("to", (int)type))
                .Output("out", type, batch ?? "batch", "h", "w");
        }
        else
        {
            model.Output("out", ElementType.Float, shape);
        }

        if (hasAuxiliary) model.Node("Neg", ["out"], ["aux"]).Output("aux", ElementType.Float, shape);
        return new(
            UntypedModel.Load(model.ToBytes()),
            labels is null ? SemanticSegmentationForm.Logits : SemanticSegmentationForm.LabelMap);
    }

    /// <summary>
    /// For one picture of 48 x 32: output <c>colours</c> [3, 32, 48], the colours themselves, and <c>dark</c> [1, 32, 48], a half
    /// less their sum; before them an output that is no head.
    /// </summary>
    public static UntypedSegmenter<Paint> LoadHeads()
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, 1L, 3L, 32L, 48L)
            .Graph(g => g.Initializer(OnnxTensor.Floats("w", [1, 3, 1, 1], -1, -1, -1))
                .Initializer(OnnxTensor.Floats("b", [1], .5f)))
            .Output("all", ElementType.Float, 1L, 4608L).Output("colours", ElementType.Float, 3L, 32L, 48L)
            .Output("dark", ElementType.Float, 1L, 32L, 48L)
            .Node("Flatten", ["images"], ["all"]).Node("Squeeze", ["images"], ["colours"])
            .Node("Conv", ["images", "w", "b"], ["sum"]).Node("Sigmoid", ["sum"], ["share"])
            .Graph(g => g.Initializer(OnnxTensor.Int64s("axes", [1], 0))).Node("Squeeze", ["share", "axes"], ["dark"]);
        return new(UntypedModel.Load(model.ToBytes()), SemanticSegmentationForm.Logits);
    }

    /// <summary>One plane for 48 x 32 pixels: the mean of the colours minus 0.5, followed by an optional operator.</summary>
    public static UntypedSegmenter<Paint> LoadPlane(string tail = "")
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, 32L, 48L)
            .Graph(g => g.Initializer(OnnxTensor.Floats("w", [1, 3, 1, 1], 1 / 3f, 1 / 3f, 1 / 3f))
                .Initializer(OnnxTensor.Floats("b", [1], -.5f)).Initializer(OnnxTensor.Floats("one", [], 1)))
            .Node("Conv", ["images", "w", "b"], [tail.Length == 0 ? "out" : "logits"])
            .Output("out", ElementType.Float, "batch", 1L, 32L, 48L);
        if (tail == "Div") model.Node("Sigmoid", ["logits"], ["shares"]).Node("Div", ["shares", "one"], ["out"]);
        else if (tail.Length > 0) model.Node(tail, ["logits"], ["out"]);
        return new(UntypedModel.Load(model.ToBytes()), SemanticSegmentationForm.Logits);
    }

    /// <summary>Its labels.</summary>
    internal enum Paint
    {
        Red,
        Green,
        Blue,
        Dark,
    }
}
