using TrtBindings.Backends;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Takes placeholder names of dimensions, such as <c>?</c>, out of an .onnx. TensorRT demands that dimensions of one name are
/// equal, and exporters write one placeholder for every dimension that they do not know. It has to be done before parsing: a
/// builder of 10.6 fails if <c>setDimensionName</c> changes a name that the parser has given.
/// </summary>
internal static class PlaceholderNames
{
    // Field numbers of ModelProto, GraphProto, ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto and its Dimension.
    private const uint Graph = (7 << 3) | WireType.Bytes;
    private const uint Input = (11 << 3) | WireType.Bytes;
    private const uint Output = (12 << 3) | WireType.Bytes;
    private const uint Type = (2 << 3) | WireType.Bytes;
    private const uint Tensor = (1 << 3) | WireType.Bytes;
    private const uint Shape = (2 << 3) | WireType.Bytes;
    private const uint OneDimension = (1 << 3) | WireType.Bytes;
    private const uint Parameter = (2 << 3) | WireType.Bytes;
    private const uint Denotation = (3 << 3) | WireType.Bytes;

    /// <summary>Tells whether inputs or outputs have such names.</summary>
    public static bool AreIn(IEnumerable<TensorDescription> tensors) => tensors.Any(tensor => tensor.Shape.IsRanked
        && tensor.Shape.Dimensions.Any(size => size is { Kind: DimensionKind.Unknown, Name.Length: > 0 }));

    /// <summary>The model without such names at its inputs and outputs; the same bytes if there are none.</summary>
    public static ReadOnlyMemory<byte> TakenOut(ReadOnlyMemory<byte> model)
    {
        using var stream = new ReadOnlyMemoryStream(model);
        var names = new List<long>();
        try
        {
            Walk(new(stream), names);
        }
        catch (OnnxFormatException)
        {
            // It is not an .onnx. TensorRT's parser says so in its own words.
            return model;
        }

        if (names.Count == 0) return model;
        var changed = model.ToArray();
        // Of the same length: the name becomes the denotation of its dimension, a text for people that no parser acts on, and
        // the dimension has neither size nor name. The bit kept here says that the tag goes on in the next byte.
        foreach (var name in names) changed[name] = (byte)((changed[name] & 0x80) | Denotation);
        return changed;
    }

    private static void Walk(ProtobufReader reader, List<long> names)
    {
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (tag == Graph) Enter(reader, names, [[Input, Output], [Type], [Tensor], [Shape], [OneDimension]]);
            else reader.Skip();
        }
    }

    /// <summary>Enters a message, and in it every field of the first level of tags, and so on.</summary>
    private static void Enter(ProtobufReader reader, List<long> names, ReadOnlySpan<uint[]> levels)
    {
        var outer = reader.Enter("the model");
        while (reader.ReadTag() is not 0 and var tag)
        {
            if (levels.Length > 0 && levels[0].Contains(tag)) Enter(reader, names, levels[1..]);
            else if (levels.Length == 0 && tag == Parameter) Note(reader, names);
            else reader.Skip();
        }

        reader.Leave(outer);
    }

    private static void Note(ProtobufReader reader, List<long> names)
    {
        var at = reader.TagPosition;
        var name = reader.ReadName();
        if (name.Length > 0 && Dimension.FromParameter(name).Kind == DimensionKind.Unknown) names.Add(at);
    }
}
