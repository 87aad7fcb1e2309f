using System.Runtime.InteropServices;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Models that the stand-in builds.</summary>
internal static class BuildModels
{
    /// <summary>y = relu(x + w), float [batch, 3].</summary>
    public static OnnxModelBuilder Shift(params float[] w) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3)
        .Initializer("w", ElementType.Float, [3], MemoryMarshal.AsBytes(w.AsSpan()).ToArray())
        .Node("Add", ["x", "w"], ["sum"]).Node("Relu", ["sum"], ["y"]);

    /// <summary>The same with w in an external file.</summary>
    public static OnnxModelBuilder External(string file) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3)
        .ExternalInitializer("w", ElementType.Float, [3], file, 0, 12)
        .Node("Add", ["x", "w"], ["y"]);

    /// <summary>y = relu(x), float [batch, 3]: the signature of <see cref="Shift"/> without its weights.</summary>
    public static OnnxModelBuilder Unshifted() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, "batch", 3).Output("y", ElementType.Float, "batch", 3).Node("Relu", ["x"], ["y"]);

    /// <summary>y = x, float [2].</summary>
    public static OnnxModelBuilder Fixed() => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 2).Output("y", ElementType.Float, 2).Node("Identity", ["x"], ["y"]);

    /// <summary>Rows of six numbers, float [1, 300, 6], from operators that are only counted.</summary>
    public static OnnxModelBuilder Rows(params string[] operators)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, 1, 300, 6).Output("y", ElementType.Float, 1, 300, 6);
        for (var i = 0; i < operators.Length; i++) model.Node(operators[i], ["x"], [$"y{i}"]);
        return model.Node("Identity", ["x"], ["y"]);
    }

    /// <summary>y = x, float [1, height, width], with dimensions of these names.</summary>
    public static OnnxModelBuilder Image(string height, string width) => new OnnxModelBuilder()
        .Input("x", ElementType.Float, 1, height, width).Output("y", ElementType.Float, 1, height, width)
        .Node("Identity", ["x"], ["y"]);
}
