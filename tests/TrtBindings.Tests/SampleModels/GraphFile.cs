namespace TrtBindings.Tests.SampleModels;

/// <summary>What a model file says of its nodes and small constants, graphs inside it included.</summary>
internal sealed class GraphFile
{
    private readonly Dictionary<string, GraphNode> _makers = [];
    private readonly Dictionary<string, GraphConstant> _constants = [];
    private readonly List<GraphNode> _nodes = [];

    /// <summary>Reads a file's bytes.</summary>
    public GraphFile(byte[] bytes)
    {
        Description = OnnxModelReader.Read(new MemoryStream(bytes));
        foreach (var field in ProtobufField.Of(bytes))
        {
            if (field.Number == 7) AddGraph(field.Bytes);
            // Nodes of model-local functions; their names are their own, which only makes a rule look further.
            if (field.Number == 25) AddNodes(field.Bytes, 7);
        }
    }

    /// <summary>Inputs, outputs and the rest, as the product reads them.</summary>
    public ModelDescription Description { get; }

    /// <summary>All nodes.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>The node that makes a tensor.</summary>
    public GraphNode? MakerOf(string tensor) => _makers.GetValueOrDefault(tensor);

    /// <summary>A constant by the name of its tensor, through nodes that only hand it on.</summary>
    public GraphConstant? ConstantOf(string tensor)
    {
        if (_constants.GetValueOrDefault(tensor) is { } known) return known;
        return MakerOf(tensor) switch
        {
            { Operator: "Constant" } node => node.Constant,
            { Operator: "Identity" or "Reshape" or "Squeeze" or "Unsqueeze" or "Expand" } node => ConstantOf(node.Input(0)),
            _ => null,
        };
    }

    private void AddGraph(ReadOnlyMemory<byte> graph)
    {
        foreach (var field in ProtobufField.Of(graph).Where(field => field.Number == 5))
        {
            var constant = GraphConstant.Of(field.Bytes);
            _constants[constant.Name] = constant;
        }

        AddNodes(graph, 1);
    }

    private void AddNodes(ReadOnlyMemory<byte> message, int number)
    {
        foreach (var field in ProtobufField.Of(message).Where(field => field.Number == number)) AddNode(field.Bytes);
    }

    private void AddNode(ReadOnlyMemory<byte> message)
    {
        var (inputs, outputs, name, domain) = (new List<string>(), new List<string>(), "", "");
        var (to, constant) = (ElementType.Undefined, (GraphConstant?)null);
        foreach (var field in ProtobufField.Of(message))
        {
            switch (field.Number)
            {
                case 1: inputs.Add(field.Text); break;
                case 2: outputs.Add(field.Text); break;
                case 4: name = field.Text; break;
                case 5: AddAttribute(field.Bytes, ref to, ref constant); break;
                case 7: domain = field.Text; break;
            }
        }

        var node = new GraphNode(domain is "" or "ai.onnx" ? name : $"{domain}.{name}", [.. inputs], [.. outputs], to, constant);
        _nodes.Add(node);
        foreach (var output in outputs) _makers[output] = node;
    }

    private void AddAttribute(ReadOnlyMemory<byte> message, ref ElementType to, ref GraphConstant? constant)
    {
        var fields = ProtobufField.Of(message).ToArray();
        var name = fields.FirstOrDefault(field => field.Number == 1).Text;
        foreach (var field in fields)
        {
            if (field.Number == 3 && name == "to") to = (ElementType)field.Value;
            if (field.Number == 5) constant = GraphConstant.Of(field.Bytes);
            if (field.Number is 6 or 11) AddGraph(field.Bytes);
        }
    }
}
