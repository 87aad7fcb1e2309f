using Google.Protobuf;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Damages what a model says while it stays a message that can be read: what bytes alone seldom reach.</summary>
internal static class GraphMutation
{
    private static readonly string[] Operators =
    [
        "Relu", "Cast", "Resize", "Loop", "If", "Add", "Conv", "Shape", "Identity", "Range", "Split", "TopK", "Unknown",
        "Softmax", "MatMul", "Gemm", "Concat", "Mul", "MaxPool", "DequantizeLinear",
    ];

    public static byte[] Of(ModelProto original, Random random)
    {
        var model = original.Clone();
        for (var edits = random.Next(1, 4); edits > 0; edits--) Edit(model, random);
        return model.ToByteArray();
    }

    private static void Edit(ModelProto model, Random random)
    {
        var graphs = GraphsOf(model.Graph).ToList();
        var graph = graphs[random.Next(graphs.Count)];
        switch (random.Next(14))
        {
            case 0:
                model.OpsetImport[0].Version = random.Next(0, 30);
                break;
            case 1:
                model.IrVersion = random.Next(0, 14);
                break;
            case 2:
                Change(graph.Node, random, node => node.OpType = Operators[random.Next(Operators.Length)]);
                break;
            case 3:
                Change(graph.Node, random, node => Change(node.Input, random, (all, i) => all[i] = NameOf(graph, random)));
                break;
            case 4:
                Change(graph.Node, random, node => Change(node.Output, random, (all, i) => all[i] = NameOf(graph, random)));
                break;
            case 5:
                Change(graph.Node, random, (all, i) => all.RemoveAt(i));
                break;
            case 6:
                Change(graph.Node, random, (all, i) => all.Add(all[i].Clone()));
                break;
            case 7:
                Change(graph.Initializer, random, one => one.DataType = random.Next(0, 28));
                break;
            case 8:
                Change(graph.Initializer, random, one => Change(one.Dims, random, (all, i) => all[i] = random.NextInt64(-2, 9)));
                break;
            case 9:
                Change(graph.Input, random, one => one.Type.TensorType = new() { ElemType = random.Next(0, 17) });
                break;
            case 10:
                Change(graph.Output, random, one => one.Type.TensorType = new() { ElemType = random.Next(0, 17) });
                break;
            case 11:
                Change(graph.Node, random, node => Change(node.Attribute, random, (all, i) => all.RemoveAt(i)));
                break;
            case 12:
                Change(graph.Node, random, node => Change(node.Attribute, random, one => one.I = random.Next(-3, 20)));
                break;
            default:
                Change(graph.Initializer, random, one => one.RawData = ByteString.CopyFrom(new byte[random.Next(0, 40)]));
                break;
        }
    }

    private static IEnumerable<GraphProto> GraphsOf(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Attribute).Where(one => one.G is not null).SelectMany(one => GraphsOf(one.G))
            .Prepend(graph);

    private static string NameOf(GraphProto graph, Random random)
    {
        string[] names = [.. graph.Node.SelectMany(node => node.Output.Concat(node.Input)), "", "x", "new"];
        return names[random.Next(names.Length)];
    }

    private static void Change<T>(IList<T> list, Random random, Action<T> change) =>
        Change(list, random, (all, i) => change(all[i]));

    private static void Change<T>(IList<T> list, Random random, Action<IList<T>, int> change)
    {
        if (list.Count > 0) change(list, random.Next(list.Count));
    }
}
