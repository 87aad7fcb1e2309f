using System.Runtime.InteropServices;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Inputs;

/// <summary>Floats of any width as bytes, so that a model of 16-bit floats gets what one of 32 bits gets.</summary>
internal static class FloatElements
{
    /// <summary>Whether a type is a float that can be converted.</summary>
    public static bool Are(ElementType type) =>
        type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>Writes values as elements of a type.</summary>
    public static void Write(ElementType type, Span<byte> bytes, ReadOnlySpan<float> values)
    {
        switch (type)
        {
            case ElementType.Float:
                MemoryMarshal.AsBytes(values).CopyTo(bytes);
                break;
            case ElementType.Float16:
                var halves = MemoryMarshal.Cast<byte, Half>(bytes);
                for (var i = 0; i < values.Length; i++) halves[i] = (Half)values[i];
                break;
            case ElementType.BFloat16:
                var brains = MemoryMarshal.Cast<byte, BFloat16>(bytes);
                for (var i = 0; i < values.Length; i++) brains[i] = (BFloat16)values[i];
                break;
            default:
                var doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (var i = 0; i < values.Length; i++) doubles[i] = values[i];
                break;
        }
    }

    /// <summary>An array in the type that another model takes.</summary>
    /// <exception cref="UsageException">One of both is no float.</exception>
    public static NpyArray To(ElementType type, NpyArray array, string name)
    {
        if (array.Type == type) return array;
        if (!Are(type) || !Are(array.Type))
            throw new UsageException(
                $"Input '{name}' is {array.Type.OnnxName()} in one model and {type.OnnxName()} in the other.");
        var floats = Read(array);
        var bytes = new byte[floats.Length * (type.BitWidth() / 8)];
        Write(type, bytes, floats);
        return new(type, array.Shape, bytes);
    }

    /// <summary>The elements of an array of floats.</summary>
    public static float[] Read(NpyArray array)
    {
        var floats = new float[array.Bytes.Length / (array.Type.BitWidth() / 8)];
        ReadOnlySpan<byte> bytes = array.Bytes;
        for (var i = 0; i < floats.Length; i++)
        {
            floats[i] = array.Type switch
            {
                ElementType.Float => MemoryMarshal.Read<float>(bytes[(4 * i)..]),
                ElementType.Float16 => (float)MemoryMarshal.Read<Half>(bytes[(2 * i)..]),
                ElementType.BFloat16 => MemoryMarshal.Read<BFloat16>(bytes[(2 * i)..]),
                _ => (float)MemoryMarshal.Read<double>(bytes[(8 * i)..]),
            };
        }

        return floats;
    }
}
