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

    /// <summary>
    /// A chain of so many nodes <c>/n0/Mul</c>, <c>/n1/Add</c>, <c>/n2/Sub</c>, ... from x to "plus", whose values are v0, v1,
    /// ..., and "minus", a Sub of v0 that nothing else reads.
    /// </summary>
    public static OnnxModelBuilder Chain(int nodes, OnnxModelBuilder? from = null) => (from ?? Inputs("batch", null))
        .Output("plus", ElementType.Float, "batch", 3, 40).Output("minus", ElementType.Float, "batch", 3, 40)
        .Initializer("c", ElementType.Float, [40], Bytes(i => 0.9f + (i % 5 / 20f)))
        .Graph(graph =>
        {
            for (var i = 0; i < nodes; i++)
            {
                var output = i == nodes - 1 ? "plus" : $"v{i}";
                graph.NamedNode(NodeOf(i), NodeOf(i)[(NodeOf(i).LastIndexOf('/') + 1)..],
                    [i == 0 ? "x" : $"v{i - 1}", i % 3 == 0 ? "c" : "b"], [output]);
            }

            graph.NamedNode("/tail/Sub", "Sub", [nodes > 1 ? "v0" : "x", "b"], ["minus"]);
        });

    /// <summary>Name of a node of <see cref="Chain"/>.</summary>
    public static string NodeOf(int node) => $"/n{node}/" + (node % 3) switch { 0 => "Mul", 1 => "Add", _ => "Sub" };

    /// <summary>The input x, and the second initializer in a file of its own.</summary>
    public static OnnxModelBuilder WithExternalWeights(string folder, string file)
    {
        File.WriteAllBytes(Path.Combine(folder, file), Bytes(i => (i % 7) - 3));
        return new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, 40)
            .ExternalInitializer("b", ElementType.Float, [40], file);
    }

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
