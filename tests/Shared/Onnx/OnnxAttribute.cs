namespace TrtBindings.TestSupport;

/// <summary>An attribute of a node, ready to be written as an <c>AttributeProto</c>.</summary>
public sealed class OnnxAttribute
{
    private readonly Action<ProtobufWriter> _write;

    private OnnxAttribute(string name, int type, Action<ProtobufWriter> value) => _write = w =>
    {
        w.Text(1, name);
        value(w);
        w.Varint(20, type);
    };

    /// <summary>A 32-bit float.</summary>
    public static OnnxAttribute Float(string name, float value) => new(name, 1, w => w.Fixed32(2, value));

    /// <summary>An integer.</summary>
    public static OnnxAttribute Int(string name, long value) => new(name, 2, w => w.Varint(3, value));

    /// <summary>A text.</summary>
    public static OnnxAttribute Text(string name, string value) => new(name, 3, w => w.Text(4, value));

    /// <summary>A constant tensor.</summary>
    public static OnnxAttribute Tensor(string name, OnnxTensor value) => new(name, 4, w => w.Message(5, value.Write));

    /// <summary>A subgraph.</summary>
    public static OnnxAttribute Graph(string name, OnnxGraphBuilder value) =>
        new(name, 5, w => w.Message(6, value.Write));

    /// <summary>A list of floats.</summary>
    public static OnnxAttribute Floats(string name, params float[] values) => new(name, 6, w =>
    {
        foreach (var value in values) w.Fixed32(7, value);
    });

    /// <summary>A list of integers.</summary>
    public static OnnxAttribute Ints(string name, params long[] values) => new(name, 7, w =>
    {
        foreach (var value in values) w.Varint(8, value);
    });

    internal void Write(ProtobufWriter writer) => _write(writer);
}
