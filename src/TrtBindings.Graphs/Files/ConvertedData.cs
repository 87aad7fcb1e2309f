using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace TrtBindings.Graphs.Files;

/// <summary>Floating-point elements in another precision, converted while they are read.</summary>
internal sealed class ConvertedData(TensorData source, ElementType type) : TensorData(type, source.Count)
{
    public override bool IsExternal => source.IsExternal;

    /// <summary>True for the types that are converted here.</summary>
    public static bool IsFloat(ElementType type) => type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16;

    public override void Read(TensorSink sink)
    {
        // A piece of 16-bit numbers becomes one of 32-bit numbers at the most.
        var floats = ArrayPool<float>.Shared.Rent(PieceBytes / 2);
        var result = ArrayPool<byte>.Shared.Rent(PieceBytes * 2);
        try
        {
            source.Read(piece =>
            {
                var width = source.Type.BitWidth() / 8;
                var values = floats.AsSpan(0, piece.Length / width);
                ToFloat(piece, source.Type, values);
                var bytes = result.AsSpan(0, values.Length * (Type.BitWidth() / 8));
                FromFloat(values, Type, bytes);
                sink(bytes);
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<byte>.Shared.Return(result);
        }
    }

    /// <summary>Floating-point elements as 32-bit numbers, which is exact.</summary>
    public static void ToFloat(ReadOnlySpan<byte> source, ElementType type, Span<float> values)
    {
        switch (type)
        {
            case ElementType.Float: MemoryMarshal.Cast<byte, float>(source).CopyTo(values); break;
            case ElementType.Float16: TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(source), values); break;
            case ElementType.BFloat16: BFloat16.Convert(MemoryMarshal.Cast<byte, BFloat16>(source), values); break;
            default: throw new ArgumentOutOfRangeException(nameof(type));
        }
    }

    private static void FromFloat(ReadOnlySpan<float> values, ElementType type, Span<byte> bytes)
    {
        switch (type)
        {
            case ElementType.Float: MemoryMarshal.AsBytes(values).CopyTo(bytes); break;
            case ElementType.Float16: TensorPrimitives.ConvertToHalf(values, MemoryMarshal.Cast<byte, Half>(bytes)); break;
            case ElementType.BFloat16: BFloat16.Convert(values, MemoryMarshal.Cast<byte, BFloat16>(bytes)); break;
            default: throw new ArgumentOutOfRangeException(nameof(type));
        }
    }
}
