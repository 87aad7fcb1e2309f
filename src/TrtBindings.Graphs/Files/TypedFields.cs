using System.Runtime.InteropServices;
using Google.Protobuf.Collections;

namespace TrtBindings.Graphs.Files;

/// <summary>Elements in the fields by type, which older exporters use in place of <c>raw_data</c>.</summary>
internal static class TypedFields
{
    /// <summary>The elements as bytes; <see langword="null"/> for types that have no field of their own kind here.</summary>
    public static InlineData? DataOf(TensorProto tensor, ElementType type, long count, Func<ModelFileException> wrongCount)
    {
        return type switch
        {
            ElementType.Float => Make(tensor.FloatData, value => value),
            ElementType.Double => Make(tensor.DoubleData, value => value),
            ElementType.Int64 => Make(tensor.Int64Data, value => value),
            ElementType.UInt64 => Make(tensor.Uint64Data, value => value),
            ElementType.UInt32 => Make(tensor.Uint64Data, value => (uint)value),
            ElementType.Int32 => Make(tensor.Int32Data, value => value),
            ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => Make(tensor.Int32Data, value => (byte)value),
            ElementType.Float16 or ElementType.BFloat16 or ElementType.UInt16 or ElementType.Int16 =>
                Make(tensor.Int32Data, value => (ushort)value),
            _ => null,
        };

        InlineData Make<TField, TElement>(RepeatedField<TField> field, Func<TField, TElement> convert)
            where TElement : unmanaged
        {
            if (field.Count != count) throw wrongCount();
            var elements = new TElement[field.Count];
            for (var i = 0; i < elements.Length; i++) elements[i] = convert(field[i]);
            return new(type, count, MemoryMarshal.AsBytes(elements.AsSpan()).ToArray());
        }
    }

    /// <summary>Empties them all; the data are in <c>raw_data</c> or in a file from now on.</summary>
    public static void Clear(TensorProto tensor)
    {
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.Int64Data.Clear();
        tensor.Uint64Data.Clear();
        tensor.StringData.Clear();
    }
}
