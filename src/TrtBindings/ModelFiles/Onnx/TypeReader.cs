namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Reads <c>TypeProto</c> and the messages in it.</summary>
internal static class TypeReader
{
    private const uint Tensor = (1 << 3) | WireType.Bytes;
    private const uint Sequence = (4 << 3) | WireType.Bytes;
    private const uint Map = (5 << 3) | WireType.Bytes;
    private const uint Denotation = (6 << 3) | WireType.Bytes;
    private const uint Opaque = (7 << 3) | WireType.Bytes;
    private const uint SparseTensor = (8 << 3) | WireType.Bytes;
    private const uint Optional = (9 << 3) | WireType.Bytes;

    private const uint TensorElementType = (1 << 3) | WireType.Varint;
    private const uint TensorShape = (2 << 3) | WireType.Bytes;
    private const uint ElementOfList = (1 << 3) | WireType.Bytes;
    private const uint MapKeyType = (1 << 3) | WireType.Varint;
    private const uint MapValueType = (2 << 3) | WireType.Bytes;
    private const uint OpaqueDomain = (1 << 3) | WireType.Bytes;
    private const uint OpaqueName = (2 << 3) | WireType.Bytes;

    /// <summary>Reads into a type that can already contain an earlier part, because protobuf merges repeated messages.</summary>
    public static void Read(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TypeProto");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Tensor: ReadTensor(reader, type.Become(ValueKind.Tensor)); break;
                case SparseTensor: ReadTensor(reader, type.Become(ValueKind.SparseTensor)); break;
                case Sequence: ReadList(reader, type.Become(ValueKind.Sequence)); break;
                case Optional: ReadList(reader, type.Become(ValueKind.Optional)); break;
                case Map: ReadMap(reader, type.Become(ValueKind.Map)); break;
                case Opaque: ReadOpaque(reader, type.Become(ValueKind.Opaque)); break;
                case Denotation: type.Denotation = reader.ReadText(); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    private static void ReadTensor(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TypeProto.Tensor");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case TensorElementType: type.ElementType = ElementTypeReader.Read(reader); break;
                case TensorShape: ShapeReader.Read(reader, type); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    private static void ReadList(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TypeProto.Sequence");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            if (tag == ElementOfList) Read(reader, type.Item ??= new());
            else reader.Skip();
        }

        reader.Leave(outer);
    }

    private static void ReadMap(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TypeProto.Map");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case MapKeyType: type.KeyType = ElementTypeReader.Read(reader); break;
                case MapValueType: Read(reader, type.Item ??= new()); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }

    private static void ReadOpaque(ProtobufReader reader, ValueType type)
    {
        var outer = reader.Enter("TypeProto.Opaque");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case OpaqueDomain: type.OpaqueDomain = reader.ReadName(); break;
                case OpaqueName: type.OpaqueName = reader.ReadName(); break;
                default: reader.Skip(); break;
            }
        }

        reader.Leave(outer);
    }
}

/// <summary>Reads <c>TensorProto.DataType</c>.</summary>
internal static class ElementTypeReader
{
    /// <summary>Number of known values, including 0.</summary>
    public const int KnownCount = (int)ElementType.Int2 + 1;

    /// <summary>Reads an element type; <see cref="ElementType.Undefined"/> if the number is not known.</summary>
    public static ElementType Read(ProtobufReader reader)
    {
        var number = reader.ReadVarint();
        return number is > 0 and < KnownCount ? (ElementType)number : ElementType.Undefined;
    }
}
