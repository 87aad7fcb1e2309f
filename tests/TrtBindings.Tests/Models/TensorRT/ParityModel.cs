using System.Runtime.InteropServices;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>A model of two outputs of one shape that the stand-in builds: relu(x * a) and x - b, float [batch, 3, 40].</summary>
internal static class ParityModel
{
    public const int Elements = 3 * 40;

    /// <param name="weights">A file that has the forty numbers of a; none if they are in the .onnx.</param>
    public static OnnxModelBuilder Two(string? weights = null) => Inputs("batch", weights)
        .Output("plus", ElementType.Float, "batch", 3, 40).Output("minus", ElementType.Float, "batch", 3, 40)
        .Graph(graph => graph.NamedNode("/head/Mul", "Mul", ["x", "a"], ["product"])
            .NamedNode("/head/Relu", "Relu", ["product"], ["plus"]).NamedNode("/tail/Sub", "Sub", ["x", "b"], ["minus"]));

    /// <summary>Saves it.</summary>
    public static string Save(this OnnxModelBuilder model, TensorRtRig rig, string name = "two.onnx")
    {
        var path = Path.Combine(rig.Folder, name);
        File.WriteAllBytes(path, model.ToBytes());
        return path;
    }

    private static OnnxModelBuilder Inputs(string batch, string? weights)
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, batch, 3, 40);
        _ = weights is null ? model.Initializer("a", ElementType.Float, [40], Bytes(i => 1 + (i / 40f)))
            : model.ExternalInitializer("a", ElementType.Float, [40], weights, 0, 160);
        return model.Initializer("b", ElementType.Float, [40], Bytes(i => (i % 7) - 3));
    }

    private static byte[] Bytes(Func<int, float> of) =>
        MemoryMarshal.AsBytes(Enumerable.Range(0, 40).Select(of).ToArray().AsSpan()).ToArray();
}
