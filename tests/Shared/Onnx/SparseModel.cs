namespace TrtBindings.TestSupport;

/// <summary>
/// A model file of up to 1 GB that takes little space on disk, because its weights are holes in a sparse file: 400 nodes,
/// 200 initializers of up to 5 MiB, 400 value infos, metadata last.
/// </summary>
public static class SparseModel
{
    /// <summary>Nodes of the graph: a Gemm and a Relu for each initializer.</summary>
    public const int NodeCount = 2 * InitializerCount;

    /// <summary>Initializers of the graph, each float [1280, 1024] by default.</summary>
    public const int InitializerCount = 200;

    /// <summary>Entries of <c>value_info</c>.</summary>
    public const int ValueInfoCount = NodeCount;

    /// <summary>Writes the file, and replaces an existing one.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="rows">Rows of each initializer: 1280 of the usual width make 1 GB, 256 make 200 MB.</param>
    /// <param name="columns">Columns of each initializer, of the input and of the output.</param>
    public static void Write(string path, int rows = 1280, int columns = 1024)
    {
        var initializerBytes = (long)rows * columns * sizeof(float);
        var nodes = new ProtobufWriter();
        var (weights, values) = (new byte[InitializerCount][], new ProtobufWriter());
        for (var i = 0; i < InitializerCount; i++)
        {
            var source = i == 0 ? "input" : $"layer{i - 1}/relu";
            var (product, result) = ($"layer{i}/gemm", $"layer{i}/relu");
            WriteNode(nodes, "Gemm", [source, $"layer{i}.weight"], product);
            WriteNode(nodes, "Relu", [product], result);
            WriteValue(values, 13, product, columns);
            WriteValue(values, 13, result, columns);
            weights[i] = new ProtobufWriter().Varint(1, rows).Varint(1, columns).Varint(2, (int)ElementType.Float)
                .Text(8, $"layer{i}.weight").Header(9, initializerBytes).ToBytes();
        }

        var head = nodes.Text(2, "sparse").ToBytes();
        WriteValue(values, 11, "input", columns);
        WriteValue(values, 12, $"layer{InitializerCount - 1}/relu", columns);
        var tail = values.ToBytes();
        var graphBytes = (long)head.Length + tail.Length;
        foreach (var weight in weights)
            graphBytes += InitializerField(weight, initializerBytes).Length + weight.Length + initializerBytes;

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(new ProtobufWriter().Varint(1, 8).Text(2, "TrtBindings.Tests").Header(7, graphBytes).ToBytes());
        file.Write(head);
        foreach (var weight in weights)
        {
            file.Write(InitializerField(weight, initializerBytes));
            file.Write(weight);
            file.Seek(initializerBytes, SeekOrigin.Current);
        }

        file.Write(tail);
        file.Write(new ProtobufWriter()
            .Message(8, o => o.Text(1, "").Varint(2, 17))
            .Message(14, m => m.Text(1, "last").Text(2, "yes"))
            .ToBytes());
    }

    private static byte[] InitializerField(byte[] head, long bytes) =>
        new ProtobufWriter().Header(5, head.Length + bytes).ToBytes();

    private static void WriteNode(ProtobufWriter graph, string opType, string[] inputs, string output) =>
        graph.Message(1, n => OnnxGraphBuilder.WriteNode(n, "", opType, inputs, [output], []));

    private static void WriteValue(ProtobufWriter graph, int field, string name, int columns) => graph.Message(
        field,
        v => v.Text(1, name).Message(2, OnnxType.Tensor(ElementType.Float, "batch", columns).Write));
}
