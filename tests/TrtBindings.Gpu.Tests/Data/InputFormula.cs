using System.Runtime.InteropServices;
using System.Text.Json;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>
/// Inputs by formula, so that none need be stored: the fractional part of i × 0.61803398875, computed in double, where i is
/// the flat index. Integers are 100 times that, truncated; a bool is whether it is above one half.
/// </summary>
internal static unsafe class InputFormula
{
    private const double Step = 0.61803398875;

    /// <summary>Value of one element.</summary>
    public static double Value(long index)
    {
        var product = index * Step;
        return product - Math.Floor(product);
    }

    /// <summary>Fills a tensor at its present shape.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="kind">The manifest's word, or values; none for the formula.</param>
    public static void Fill(TensorBuffer tensor, JsonElement? kind = null)
    {
        if (kind is { ValueKind: JsonValueKind.Array } values) FillWithValues(tensor, Values(values));
        else if (ManifestEngine.IsNamed(kind, "zeros")) Fill(tensor, _ => 0);
        else if (ManifestEngine.IsNamed(kind, "ones")) Fill(tensor, _ => 1);
        else FillByFormula(tensor);
    }

    /// <summary>One value everywhere.</summary>
    public static void FillWith(TensorBuffer tensor, double value) => Fill(tensor, _ => value);

    /// <summary>Writes what a run must overwrite: bytes that are no number in any floating type.</summary>
    public static void Poison(ModelOutputs outputs)
    {
        foreach (var tensor in outputs.Tensors)
            NativeMemory.Fill((void*)tensor.Address, (nuint)tensor.CapacityInBytes, 0xFF);
    }

    private static double[] Values(JsonElement rows) =>
        [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble())];

    private static void FillWithValues(TensorBuffer tensor, double[] values) => Fill(tensor, index => values[index]);

    private static void FillByFormula(TensorBuffer tensor)
    {
        switch (tensor.Description.ElementType)
        {
            case ElementType.Float:
                var floats = new Span<float>((void*)tensor.Address, checked((int)tensor.ElementCount));
                for (var i = 0; i < floats.Length; i++) floats[i] = (float)Value(i);
                break;
            case ElementType.Int64 or ElementType.Int32 or ElementType.UInt8:
                Fill(tensor, index => Math.Truncate(100 * Value(index)));
                break;
            default:
                Fill(tensor, index => Value(index) > 0.5 ? 1 : 0);
                break;
        }
    }

    private static void Fill(TensorBuffer tensor, Func<int, double> value)
    {
        var count = checked((int)tensor.ElementCount);
        for (var i = 0; i < count; i++)
        {
            switch (tensor.Description.ElementType)
            {
                case ElementType.Float: ((float*)tensor.Address)[i] = (float)value(i); break;
                case ElementType.Int64: ((long*)tensor.Address)[i] = (long)value(i); break;
                case ElementType.Int32: ((int*)tensor.Address)[i] = (int)value(i); break;
                case ElementType.UInt8: ((byte*)tensor.Address)[i] = (byte)value(i); break;
                case ElementType.Bool: ((bool*)tensor.Address)[i] = value(i) != 0; break;
                default: throw new NotSupportedException($"No formula for {tensor.Description.ElementType}.");
            }
        }
    }
}
