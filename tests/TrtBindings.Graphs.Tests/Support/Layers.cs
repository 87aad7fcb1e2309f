namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Layers with weights for a <see cref="Sketch"/>; they are named after what they give.</summary>
internal static class Layers
{
    /// <summary>A convolution that keeps the size, of 1 or 3 cells a side.</summary>
    public static Sketch Conv(
        this Sketch sketch, string input, string output, int channels, int filters, int side = 1, int group = 1, int stride = 1)
    {
        var pad = (side - 1) / 2;
        return sketch.Weights(output + ".w", filters, channels / group, side, side).Weights(output + ".b", filters)
            .Node("Conv", $"{input} {output}.w {output}.b", output, ("group", group), ("strides", new long[] { stride, stride }),
                ("pads", new long[] { pad, pad, pad, pad }));
    }

    /// <summary>x * Sigmoid(x).</summary>
    public static Sketch SiLU(this Sketch sketch, string input, string output) =>
        sketch.Node("Sigmoid", input, output + ".s").Node("Mul", $"{input} {output}.s", output);

    /// <summary>A convolution with SiLU.</summary>
    public static Sketch Block(this Sketch sketch, string input, string output, int channels, int filters, int side = 1) =>
        sketch.Conv(input, output + ".c", channels, filters, side).SiLU(output + ".c", output);

    /// <summary>A matrix product with constant weights.</summary>
    public static Sketch MatMul(this Sketch sketch, string input, string output, int rows, int columns) =>
        sketch.Weights(output + ".w", rows, columns).Node("MatMul", $"{input} {output}.w", output);

    /// <summary>Weights of both signs, each channel of its own size.</summary>
    public static Sketch Weights(this Sketch sketch, string name, params long[] dims)
    {
        var values = new float[dims.Aggregate(1L, (product, size) => product * size)];
        var inner = values.Length / (int)dims[0];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(Math.Sin((i * 0.71) + name.Length) * (1 + (i / inner % 3)) / Math.Sqrt(inner));
        return sketch.Floats(name, dims, values);
    }
}
