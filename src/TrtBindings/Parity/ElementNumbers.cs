using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace TrtBindings.Parity;

/// <summary>The numbers of a tensor in host memory, whatever its type.</summary>
internal static unsafe class ElementNumbers
{
    private const int BitsInByte = 8;

    /// <summary>The type of a tensor's elements now.</summary>
    public static ElementType TypeOf(TensorBuffer tensor) =>
        tensor is UntypedOutputTensor untyped ? untyped.ElementType : tensor.Description.ElementType;

    /// <summary>Whether a type is a floating-point one whose numbers can be read.</summary>
    public static bool AreFloats(ElementType type) =>
        type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>The elements as floats: the memory itself where they are, or else a copy.</summary>
    public static ReadOnlySpan<float> Floats(TensorBuffer tensor)
    {
        var (type, count) = (TypeOf(tensor), checked((int)tensor.ElementCount));
        if (type == ElementType.Float) return new((void*)tensor.Address, count);
        var floats = new float[count];
        switch (type)
        {
            case ElementType.Float16:
                TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>((void*)tensor.Address, count), floats);
                break;
            case ElementType.BFloat16:
                var halves = new ReadOnlySpan<ushort>((void*)tensor.Address, count);
                for (var i = 0; i < count; i++) floats[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
            default:
                var doubles = new ReadOnlySpan<double>((void*)tensor.Address, count);
                for (var i = 0; i < count; i++) floats[i] = (float)doubles[i];
                break;
        }

        return floats;
    }

    /// <summary>True if a tensor is of floats and has a finite number among them.</summary>
    public static bool HasNumbers(TensorBuffer tensor) =>
        AreFloats(TypeOf(tensor)) && tensor.ElementCount > 0 && HasNumbers(Floats(tensor));

    /// <summary>True if there is a finite number among these.</summary>
    public static bool HasNumbers(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (float.IsFinite(value)) return true;
        return false;
    }

    /// <summary>The elements as bytes.</summary>
    public static ReadOnlySpan<byte> Bytes(TensorBuffer tensor) => new((void*)tensor.Address,
        checked((int)(tensor.ElementCount * TypeOf(tensor).BitWidth() / BitsInByte)));

    /// <summary>An integer or bool as a number.</summary>
    public static double Integer(ReadOnlySpan<byte> element, ElementType type) => type switch
    {
        ElementType.Int8 => (sbyte)element[0],
        ElementType.Int16 => MemoryMarshal.Read<short>(element),
        ElementType.UInt16 => MemoryMarshal.Read<ushort>(element),
        ElementType.Int32 => MemoryMarshal.Read<int>(element),
        ElementType.UInt32 => MemoryMarshal.Read<uint>(element),
        ElementType.Int64 => MemoryMarshal.Read<long>(element),
        ElementType.UInt64 => MemoryMarshal.Read<ulong>(element),
        _ => element[0],
    };
}
