using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Classification;

/// <summary>
/// A classifier of five classes whose logits are 1, 2, 3, 4 and 5 times the mean of red, green, blue, red - green and
/// blue - red of the input. The operators after the logits can be chosen.
/// </summary>
internal static class SmallClassifier
{
    private static readonly float[] Weights =
    [
        1, 0, 0,
        0, 2, 0,
        0, 0, 3,
        4, -4, 0,
        -5, 0, 5,
    ];

    /// <summary>Half in and out; the logits are the means of red, green and blue.</summary>
    public static UntypedClassifier<Thing> LoadHalf() => new(UntypedModel.Load(new OnnxModelBuilder()
        .Input("images", ElementType.Float16, 1L, 3L, 8L, 8L).Output("scores", ElementType.Float16, 1L, 3L)
        .Metadata("names", "['cup', 'plate', 'spoon']")
        .Node("Cast", ["images"], ["pixels"], OnnxAttribute.Int("to", (int)ElementType.Float))
        .Node("GlobalAveragePool", ["pixels"], ["mean"]).Node("Flatten", ["mean"], ["flat"])
        .Node("Cast", ["flat"], ["scores"], OnnxAttribute.Int("to", (int)ElementType.Float16)).ToBytes()));

    public static UntypedClassifier<Thing> Load(
        string tail = "", object? batch = null, long side = 8, bool isFlat = true, string? names = null, string? author = null)
    {
        var flat = tail.Length == 0 ? "scores" : "logits";
        object?[] shape = isFlat ? [batch ?? "batch", 5L] : [batch ?? "batch", 5L, 1L, 1L];
        var model = new OnnxModelBuilder()
            .Input("images", ElementType.Float, batch ?? "batch", 3L, side, side)
            .Output("scores", ElementType.Float, shape)
            .Metadata("names", names ?? "['cup', 'plate', 'spoon', 'fork', 'knife']")
            .Graph(g => g.Initializer(OnnxTensor.Floats("w", [5, 3, 1, 1], Weights)))
            .Node("GlobalAveragePool", ["images"], ["mean"])
            .Node("Conv", ["mean", "w"], [isFlat ? "wide" : flat]);
        if (author is not null) model.Metadata("author", author).Metadata("task", "classify");
        if (isFlat) model.Node("Flatten", ["wide"], [flat]);
        switch (tail)
        {
            case "":
                break;
            case "parts":
                model.Node("Exp", ["logits"], ["exp"])
                    .Node("ReduceSum", ["exp", "axes"], ["sum"]).Node("Div", ["exp", "sum"], ["scores"])
                    .Graph(g => g.Initializer(OnnxTensor.Int64s("axes", [1], 1)));
                break;
            default:
                model.Node(tail, ["logits"], ["scores"]);
                break;
        }

        return new(UntypedModel.Load(model.ToBytes()));
    }

    /// <summary>Its logits for a picture of one colour without normalisation, in double precision.</summary>
    public static double[] Logits(double red, double green, double blue) =>
        [red / 255, 2 * green / 255, 3 * blue / 255, 4 * (red - green) / 255, 5 * (blue - red) / 255];

    public static double[] Softmax(double[] logits)
    {
        var sum = logits.Sum(Math.Exp);
        return [.. logits.Select(logit => Math.Exp(logit) / sum)];
    }
}
