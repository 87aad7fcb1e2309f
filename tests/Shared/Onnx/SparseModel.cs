using TrtBindings.Model;

namespace TrtBindings.TestSupport;

/// <summary>
/// A model file of 1 GB that takes little room on the disk, because its weights are holes: 400 nodes,
/// 200 initializers of 5 MiB, 400 value infos, metadata last.
/// </summary>
public static class SparseModel
{
    /// <summary>Nodes of the graph: a Gemm and a Relu for each initializer.</summary>
    public const int NodeCount = 2 * InitializerCount;

    /// <summary>Initializers of the graph, float [1280, 1024] each.</summary>
    public const int InitializerCount = 200;

    /// <summary>Entries of <c>value_info</c>.</summary>
    public const int ValueInfoCount = NodeCount;

    private const long InitializerBytes = 5L << 20;

    /// <summary>Writes the file, over one that is there.</summary>
    public static void Write(string path)
    {
        var nodes = new ProtobufWriter();
        var (weights, values) = (new byte[InitializerCount][], new ProtobufWriter());
        for (var i = 0; i < InitializerCount; i++)
        {
            var source = i == 0 ? "input" : $"layer{i - 1}/relu";
            var (product, result) = ($"layer{i}/gemm", $"layer{i}/relu");
            WriteNode(nodes, "Gemm", [source, $"layer{i}.weight"], product);
            WriteNode(nodes, "Relu", [product], result);
            WriteValue(values, 13, product);
            WriteValue(values, 13, result);
            weights[i] = new ProtobufWriter().Varint(1, 1280).Varint(1, 1024).Varint(2, (int)ElementType.Float)
                .Text(8, $"layer{i}.weight").Header(9, InitializerBytes).ToBytes();
        }

        var head = nodes.Text(2, "sparse").ToBytes();
        WriteValue(values, 11, "input");
        WriteValue(values, 12, $"layer{InitializerCount - 1}/relu");
        var tail = values.ToBytes();
        var graphBytes = (long)head.Length + tail.Length;
        foreach (var weight in weights)
            graphBytes += InitializerField(weight).Length + weight.Length + InitializerBytes;

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(new ProtobufWriter().Varint(1, 8).Text(2, "TrtBindings.Tests").Header(7, graphBytes).ToBytes());
        file.Write(head);
        foreach (var weight in weights)
        {
            file.Write(InitializerField(weight));
            file.Write(weight);
            file.Seek(InitializerBytes, SeekOrigin.Current);
        }

        file.Write(tail);
        file.Write(new ProtobufWriter()
            .Message(8, o => o.Text(1, "").Varint(2, 17))
            .Message(14, m => m.Text(1, "last").Text(2, "yes"))
            .ToBytes());
    }

    private static byte[] InitializerField(byte[] head) =>
        new ProtobufWriter().Header(5, head.Length + InitializerBytes).ToBytes();

    private static void WriteNode(ProtobufWriter graph, string opType, string[] inputs, string output) =>
        graph.Message(1, n => OnnxGraphBuilder.WriteNode(n, "", opType, inputs, [output], []));

    private static void WriteValue(ProtobufWriter graph, int field, string name) => graph.Message(
        field,
        v => v.Text(1, name).Message(2, OnnxType.Tensor(ElementType.Float, "batch", 1024).Write));
}
