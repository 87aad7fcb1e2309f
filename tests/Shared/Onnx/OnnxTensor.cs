using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings.TestSupport;

/// <summary>A constant tensor, ready to be written as a <c>TensorProto</c>.</summary>
public sealed class OnnxTensor
{
    private readonly Action<ProtobufWriter> _write;

    private OnnxTensor(string name, Action<ProtobufWriter> write) => (Name, _write) = (name, write);

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>Data in <c>raw_data</c>, little endian.</summary>
    public static OnnxTensor Raw(string name, ElementType type, long[] dims, byte[] raw) =>
        new(name, w => Head(w, name, type, dims).Bytes(9, raw));

    /// <summary>32-bit floats.</summary>
    public static OnnxTensor Floats(string name, long[] dims, params float[] values) =>
        Raw(name, ElementType.Float, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>64-bit integers.</summary>
    public static OnnxTensor Int64s(string name, long[] dims, params long[] values) =>
        Raw(name, ElementType.Int64, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Strings, which have no raw form.</summary>
    public static OnnxTensor Strings(string name, long[] dims, params string[] values) => new(name, w =>
    {
        Head(w, name, ElementType.String, dims);
        foreach (var value in values) w.Text(6, value);
    });

    /// <summary>Data in another file. A value of <see langword="null"/> is not written.</summary>
    public static OnnxTensor External(
        string name, ElementType type, long[] dims, string location, long? offset = null, long? length = null) =>
        new(name, w =>
        {
            Head(w, name, type, dims);
            Entry(w, "location", location);
            if (offset is { } o) Entry(w, "offset", o.ToString(CultureInfo.InvariantCulture));
            if (length is { } l) Entry(w, "length", l.ToString(CultureInfo.InvariantCulture));
            w.Varint(14, 1);
        });

    internal void Write(ProtobufWriter writer) => _write(writer);

    private static ProtobufWriter Head(ProtobufWriter writer, string name, ElementType type, long[] dims)
    {
        foreach (var dim in dims) writer.Varint(1, dim);
        return writer.Varint(2, (int)type).Text(8, name);
    }

    private static void Entry(ProtobufWriter writer, string key, string value) =>
        writer.Message(13, e => e.Text(1, key).Text(2, value));
}
