namespace TrtBindings.TestSupport;

/// <summary>Builds a <c>GraphProto</c>: the main graph of a model, or a subgraph given as an attribute.</summary>
public sealed class OnnxGraphBuilder(string name = "graph")
{
    private readonly List<Action<ProtobufWriter>> _nodes = [];
    private readonly List<Action<ProtobufWriter>> _initializers = [];
    private readonly List<Action<ProtobufWriter>> _values = [];

    /// <summary>Declares a tensor input; for the dimensions see <see cref="OnnxType.Tensor"/>.</summary>
    public OnnxGraphBuilder Input(string name, ElementType type, params object?[] dims) =>
        Input(name, OnnxType.Tensor(type, dims));

    /// <summary>Declares an input of any type.</summary>
    public OnnxGraphBuilder Input(string name, OnnxType? type, string? documentation = null) =>
        Value(11, name, type, documentation);

    /// <summary>Declares a tensor output; for the dimensions see <see cref="OnnxType.Tensor"/>.</summary>
    public OnnxGraphBuilder Output(string name, ElementType type, params object?[] dims) =>
        Output(name, OnnxType.Tensor(type, dims));

    /// <summary>Declares an output of any type.</summary>
    public OnnxGraphBuilder Output(string name, OnnxType? type, string? documentation = null) =>
        Value(12, name, type, documentation);

    /// <summary>Declares a value between nodes.</summary>
    public OnnxGraphBuilder ValueInfo(string name, OnnxType type) => Value(13, name, type, null);

    /// <summary>Adds a node of the default domain.</summary>
    public OnnxGraphBuilder Node(string opType, string[] inputs, string[] outputs, params OnnxAttribute[] attributes) =>
        Node("", opType, inputs, outputs, attributes);

    /// <summary>Adds a node.</summary>
    public OnnxGraphBuilder Node(
        string domain, string opType, string[] inputs, string[] outputs, params OnnxAttribute[] attributes)
    {
        _nodes.Add(w => w.Message(1, n => WriteNode(n, domain, opType, inputs, outputs, attributes)));
        return this;
    }

    /// <summary>Adds a node of the default domain that has a name.</summary>
    public OnnxGraphBuilder NamedNode(string name, string opType, string[] inputs, string[] outputs)
    {
        _nodes.Add(w => w.Message(1, n =>
        {
            n.Text(3, name);
            WriteNode(n, "", opType, inputs, outputs, []);
        }));
        return this;
    }

    /// <summary>Adds a dense initializer.</summary>
    public OnnxGraphBuilder Initializer(OnnxTensor tensor)
    {
        _initializers.Add(w => w.Message(5, tensor.Write));
        return this;
    }

    /// <summary>Adds a sparse initializer. Its name is that of its values.</summary>
    public OnnxGraphBuilder SparseInitializer(OnnxTensor values, OnnxTensor indices, params long[] dims)
    {
        _initializers.Add(w => w.Message(15, s =>
        {
            s.Message(1, values.Write).Message(2, indices.Write);
            foreach (var dim in dims) s.Varint(3, dim);
        }));
        return this;
    }

    internal void Write(ProtobufWriter writer)
    {
        foreach (var write in _nodes) write(writer);
        writer.Text(2, name);
        foreach (var write in _initializers) write(writer);
        foreach (var write in _values) write(writer);
    }

    internal static void WriteNode(
        ProtobufWriter writer,
        string domain,
        string opType,
        string[] inputs,
        string[] outputs,
        OnnxAttribute[] attributes)
    {
        foreach (var input in inputs) writer.Text(1, input);
        foreach (var output in outputs) writer.Text(2, output);
        writer.Text(4, opType);
        foreach (var attribute in attributes) writer.Message(5, attribute.Write);
        if (domain.Length > 0) writer.Text(7, domain);
    }

    private OnnxGraphBuilder Value(int field, string name, OnnxType? type, string? documentation)
    {
        _values.Add(w => w.Message(field, v =>
        {
            v.Text(1, name);
            if (type is not null) v.Message(2, type.Write);
            v.OptionalText(3, documentation);
        }));
        return this;
    }
}
