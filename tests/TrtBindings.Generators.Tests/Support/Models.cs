namespace TrtBindings.Generators.Tests;

/// <summary>Model files that several tests use.</summary>
internal static class Models
{
    /// <summary>A model with one float input and one float output.</summary>
    public static OnnxModelBuilder Identity(string input = "x", string output = "y", params object?[] dims) =>
        new OnnxModelBuilder()
            .Input(input, ElementType.Float, dims.Length == 0 ? [1L, 4L] : dims)
            .Output(output, ElementType.Float, dims.Length == 0 ? [1L, 4L] : dims)
            .Node("Identity", [input], [output]);

    /// <summary>The shapes of an Ultralytics segmentation export.</summary>
    public static OnnxModelBuilder YoloSeg(
        object? batch, object?[] heads, object?[] masks, string? names = "{0: 'coin', 1: 'gear', 2: 'hex nut'}")
    {
        var model = new OnnxModelBuilder()
            .Input("images", ElementType.Float, batch, 3L, 640L, 640L)
            .Output("output0", ElementType.Float, [batch, .. heads])
            .Output("output1", ElementType.Float, [batch, .. masks])
            .Node("Relu", ["images"], ["output0"]).Node("Relu", ["images"], ["output1"])
            .Metadata("description", "Ultralytics-shaped test model").Metadata("task", "segment");
        return names is null ? model : model.Metadata("names", names);
    }

    /// <summary>The shapes of an SCRFD export, whose outputs have a batch dimension or not.</summary>
    public static OnnxModelBuilder Scrfd(bool batched)
    {
        var model = new OnnxModelBuilder().Input("input.1", ElementType.Float, "batch", 3L, 640L, 640L);
        foreach (var (values, index) in new[] { 1L, 1, 1, 4, 4, 4, 10, 10, 10 }.Select((v, i) => (v, i)))
        {
            var rows = 12800L >> (2 * (index % 3));
            model.Output($"o{index}", ElementType.Float, batched ? ["batch", rows, values] : [rows, values]);
            model.Node("Relu", ["input.1"], [$"o{index}"]);
        }

        return model;
    }
}
