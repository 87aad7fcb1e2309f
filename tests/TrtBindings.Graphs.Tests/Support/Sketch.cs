using System.Runtime.InteropServices;
using Google.Protobuf;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>Writes a graph in few lines: names are separated by blanks, and a dot stands for an input that is left out.</summary>
internal sealed class Sketch
{
    /// <summary>The only size of a tensor without dimensions; no sizes at all leave the rank open.</summary>
    public const long Scalar = -2;

    public GraphProto Graph { get; } = new() { Name = "sketch" };

    public Sketch In(string name, ElementType type = ElementType.Float, params long[] dims)
    {
        Graph.Input.Add(Declare(name, type, dims));
        return this;
    }

    public Sketch Out(string name, ElementType type = ElementType.Float, params long[] dims)
    {
        Graph.Output.Add(Declare(name, type, dims));
        return this;
    }

    public Sketch Note(string name, ElementType type, params long[] dims)
    {
        Graph.ValueInfo.Add(Declare(name, type, dims));
        return this;
    }

    public Sketch Floats(string name, long[] dims, params float[] values) => Init(Tensor(name, dims, values));

    public Sketch Ints(string name, long[] dims, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)ElementType.Int64 };
        tensor.Dims.AddRange(dims);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        return Init(tensor);
    }

    public Sketch Init(TensorProto tensor)
    {
        Graph.Initializer.Add(tensor);
        return this;
    }

    public Sketch Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes) =>
        Node("", type, inputs, outputs, attributes);

    public Sketch Node(string domain, string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        Graph.Node.Add(NodeOf(domain, type, inputs, outputs, attributes));
        return this;
    }

    public static NodeProto NodeOf(
        string domain, string type, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = "n_" + outputs.Split(' ')[0] };
        if (domain.Length > 0) node.Domain = domain;
        node.Input.AddRange(Split(inputs));
        node.Output.AddRange(Split(outputs));
        node.Attribute.AddRange(attributes.Select(one => Attribute(one.Name, one.Value)));
        return node;
    }

    public static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case float number: (attribute.F, attribute.Type) = (number, 1); break;
            case int number: (attribute.I, attribute.Type) = (number, 2); break;
            case long number: (attribute.I, attribute.Type) = (number, 2); break;
            case ElementType type: (attribute.I, attribute.Type) = ((int)type, 2); break;
            case string text: (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), 3); break;
            case TensorProto tensor: (attribute.T, attribute.Type) = (tensor, 4); break;
            case Sketch graph: (attribute.G, attribute.Type) = (graph.Graph, 5); break;
            case long[] numbers:
                attribute.Ints.AddRange(numbers);
                attribute.Type = 7;
                break;
            default: throw new ArgumentException(name);
        }

        return attribute;
    }

    public static TensorProto Tensor(string name, long[] dims, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)ElementType.Float };
        tensor.Dims.AddRange(dims);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan()));
        return tensor;
    }

    public static TensorProto HalfTensor(string name, long[] dims, params float[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)ElementType.Float16 };
        tensor.Dims.AddRange(dims);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()));
        return tensor;
    }

    public ModelProto Model(int opset = 17, int ir = 8, params FunctionProto[] functions)
    {
        var model = new ModelProto { IrVersion = ir, ProducerName = "tests", Graph = Graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        foreach (var domain in functions.Select(function => function.Domain).Distinct())
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        model.Functions.AddRange(functions);
        return model;
    }

    private static string[] Split(string names) =>
        [.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name == "." ? "" : name)];

    /// <summary>A size of -1 is one that the file leaves open.</summary>
    private static ValueInfoProto Declare(string name, ElementType type, long[] dims)
    {
        var shape = new TensorShapeProto();
        foreach (var dim in dims.Where(dim => dim != Scalar)) shape.Dim.Add(dim < 0 ? new()
            : new TensorShapeProto.Types.Dimension { DimValue = dim });
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type };
        // Without any number the rank is open too.
        if (dims.Length > 0) tensor.Shape = shape;
        return new() { Name = name, Type = new() { TensorType = tensor } };
    }
}
