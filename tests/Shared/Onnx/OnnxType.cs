namespace TrtBindings.TestSupport;

/// <summary>The type of a graph's input or output, ready to be written as a <c>TypeProto</c>.</summary>
public sealed class OnnxType
{
    private readonly Action<ProtobufWriter> _write;

    private OnnxType(Action<ProtobufWriter> write) => _write = write;

    /// <summary>
    /// A dense tensor. A dimension is a number, a name, or <see langword="null"/> where the file says nothing.
    /// </summary>
    public static OnnxType Tensor(ElementType type, params object?[] dims) => TensorOf(1, type, dims);

    /// <summary>A dense tensor without a shape.</summary>
    public static OnnxType Unranked(ElementType type) => TensorOf(1, type, null);

    /// <summary>A sparse tensor.</summary>
    public static OnnxType SparseTensor(ElementType type, params object?[] dims) => TensorOf(8, type, dims);

    /// <summary>A sequence.</summary>
    public static OnnxType Sequence(OnnxType of) => new(w => w.Message(4, s => s.Message(1, of._write)));

    /// <summary>A map.</summary>
    public static OnnxType Map(ElementType key, OnnxType value) =>
        new(w => w.Message(5, m => m.Varint(1, (int)key).Message(2, value._write)));

    /// <summary>An optional value.</summary>
    public static OnnxType Optional(OnnxType of) => new(w => w.Message(9, o => o.Message(1, of._write)));

    /// <summary>A type of a custom domain.</summary>
    public static OnnxType Opaque(string domain, string name) =>
        new(w => w.Message(7, o => o.Text(1, domain).Text(2, name)));

    internal void Write(ProtobufWriter writer) => _write(writer);

    private static OnnxType TensorOf(int field, ElementType type, object?[]? dims) => new(w => w.Message(field, t =>
    {
        t.Varint(1, (int)type);
        if (dims is not null) t.Message(2, s => WriteDimensions(s, dims));
    }));

    private static void WriteDimensions(ProtobufWriter shape, object?[] dims)
    {
        foreach (var dim in dims)
            shape.Message(1, d => _ = dim switch
            {
                null => d,
                string name => d.Text(2, name),
                _ => d.Varint(1, Convert.ToInt64(dim, System.Globalization.CultureInfo.InvariantCulture)),
            });
    }
}
