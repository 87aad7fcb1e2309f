using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends;

/// <summary>Small models of our own for what a backend must do.</summary>
internal static class TestModels
{
    /// <summary>y = x, float [4].</summary>
    public static byte[] Identity() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
        .Node("Identity", ["x"], ["y"]).ToBytes();

    /// <summary>y = x + x, float [batch, 3].</summary>
    public static byte[] Double() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3)
        .Node("Add", ["x", "x"], ["y"]).ToBytes();

    /// <summary>places: where x, float [n], is not zero, int64 [1, ?]; twice: x + x.</summary>
    public static byte[] NonZero() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "n")
        .Output("places", ElementType.Int64, 1, null).Output("twice", ElementType.Float, "n")
        .Node("NonZero", ["x"], ["places"]).Node("Add", ["x", "x"], ["twice"]).ToBytes();

    /// <summary>y: the rows of x, float [3, 2], that index, int64 [1], names. Another index than 0 to 2 fails the run.</summary>
    public static byte[] Gather() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 3, 2).Input("index", ElementType.Int64, 1).Output("y", ElementType.Float, 1, 2)
        .Node("Gather", ["x", "index"], ["y"]).ToBytes();

    /// <summary>y: x, float [64, 64], multiplied by itself as often as trips, an int64 scalar, says.</summary>
    public static byte[] SlowLoop()
    {
        var body = new OnnxGraphBuilder("body")
            .Input("trip", ElementType.Int64).Input("go", ElementType.Bool).Input("v", ElementType.Float, 64, 64)
            .Output("goOn", ElementType.Bool).Output("w", ElementType.Float, 64, 64)
            .Node("Identity", ["go"], ["goOn"]).Node("MatMul", ["v", "v"], ["w"]);
        return new OnnxModelBuilder()
            .Input("x", ElementType.Float, 64, 64).Input("trips", ElementType.Int64).Output("y", ElementType.Float, 64, 64)
            .Node("Loop", ["trips", "", "x"], ["y"], OnnxAttribute.Graph("body", body)).ToBytes();
    }

    /// <summary>More trips of <see cref="SlowLoop"/> than anyone waits for.</summary>
    public const long Endless = 1L << 40;
}
