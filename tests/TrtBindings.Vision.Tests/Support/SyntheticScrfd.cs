using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Support;

/// <summary>
/// Small SCRFD graphs whose outputs depend on the image: each stride averages its cells and mixes the three colours with
/// weights made from a seed. Exported with a batch dimension, or without one as InsightFace did before 2021-10: rows go through
/// rows, columns, images, anchors.
/// </summary>
internal static class SyntheticScrfd
{
    public static UntypedScrfd Load(
        ScrfdForm form, bool isBatched = true, object? batch = null, object? height = null, object? width = null) =>
        new(UntypedModel.Load(Bytes(form, isBatched, batch, height, width)), form);

    /// <summary>The model file. A size that is not given is a dynamic dimension.</summary>
    public static byte[] Bytes(
        ScrfdForm form, bool isBatched = true, object? batch = null, object? height = null, object? width = null)
    {
        var strides = form is ScrfdForm.ThreeStrides or ScrfdForm.ThreeStridesKeyPoints ? 3 : 5;
        var groups = form is ScrfdForm.ThreeStridesKeyPoints or ScrfdForm.FiveStridesKeyPoints ? 3 : 2;
        var model = new OnnxModelBuilder()
            .Input("input.1", ElementType.Float, batch ?? "batch", 3L, height ?? "height", width ?? "width");
        for (var level = 0; level < strides; level++)
        {
            var stride = 8L << level;
            model.Node("AveragePool", ["input.1"], [$"cells{level}"],
                OnnxAttribute.Ints("kernel_shape", stride, stride), OnnxAttribute.Ints("strides", stride, stride));
        }

        for (var i = 0; i < groups * strides; i++)
            AddOutput(model, i, i % strides, i / strides, strides == 3 ? 2 : 1, isBatched ? batch ?? "batch" : null);
        return model.ToBytes();
    }

    private static void AddOutput(
        OnnxModelBuilder model, int index, int level, int group, int anchors, object? batch)
    {
        long values = group switch { 0 => 1, 1 => 4, _ => 10 };
        var random = new Random(100 + index);
        // The scores are steep, so that a few are near 1 and most near 0. Boxes are a few strides wide.
        var (scale, shift) = group switch { 0 => (16f, -3f), 1 => (1f, 2f), _ => (1f, 0f) };
        var count = anchors * values;
        model.Graph(graph => graph
            .Initializer(OnnxTensor.Floats(
                $"w{index}", [count, 3, 1, 1],
                [.. Enumerable.Range(0, 3 * (int)count).Select(_ => ((random.NextSingle() * 2) - 1) * scale)]))
            .Initializer(OnnxTensor.Floats($"b{index}", [count], [.. Enumerable.Repeat(shift, (int)count)]))
            .Initializer(batch is null
                ? OnnxTensor.Int64s($"s{index}", [2], -1, values)
                : OnnxTensor.Int64s($"s{index}", [3], 0, -1, values)));
        var name = $"output{index}";
        model.Node("Conv", [$"cells{level}", $"w{index}", $"b{index}"], [$"c{index}"])
            .Node("Transpose", [$"c{index}"], [$"t{index}"],
                batch is null ? OnnxAttribute.Ints("perm", 2, 3, 0, 1) : OnnxAttribute.Ints("perm", 0, 2, 3, 1))
            .Node("Reshape", [$"t{index}", $"s{index}"], [group == 0 ? $"r{index}" : name]);
        if (group == 0) model.Node("Sigmoid", [$"r{index}"], [name]);
        model.Output(name, ElementType.Float, batch is null ? [null, values] : [batch, null, values]);
    }
}
