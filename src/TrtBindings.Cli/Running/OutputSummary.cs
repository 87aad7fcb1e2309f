using System.Globalization;
using System.Runtime.InteropServices;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Running;

/// <summary>What an output holds, in a few numbers.</summary>
internal static class OutputSummary
{
    private const int Shown = 6;

    /// <summary>Looks at an array.</summary>
    public static OutputReport Of(string name, NpyArray array, string? file)
    {
        var report = new OutputReport(name, array.Type.OnnxName(), array.Shape) { First = [], File = file };
        if (array.Type == ElementType.String) return report with { First = [.. array.Text.Take(Shown)] };
        var numbers = NumbersOf(array);
        var (least, largest, sum, count) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0L);
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number)) continue;
            (least, largest) = (Math.Min(least, number), Math.Max(largest, number));
            sum += number;
            count++;
        }

        var hasNumbers = count > 0;
        return report with
        {
            Least = hasNumbers ? least : null,
            Largest = hasNumbers ? largest : null,
            Mean = hasNumbers ? sum / count : null,
            NotFinite = numbers.Length - count,
            First = [.. numbers.Take(Shown).Select(number => number.ToString("G5", CultureInfo.InvariantCulture))],
        };
    }

    /// <summary>The elements as numbers.</summary>
    private static double[] NumbersOf(NpyArray array) => array.Type switch
    {
        ElementType.Float => Convert<float>(array, number => number),
        ElementType.Double => Convert<double>(array, number => number),
        ElementType.Float16 => Convert<Half>(array, number => (double)number),
        ElementType.BFloat16 => Convert<BFloat16>(array, number => (float)number),
        ElementType.Int8 => Convert<sbyte>(array, number => number),
        ElementType.Int16 => Convert<short>(array, number => number),
        ElementType.Int32 => Convert<int>(array, number => number),
        ElementType.Int64 => Convert<long>(array, number => number),
        ElementType.UInt16 => Convert<ushort>(array, number => number),
        ElementType.UInt32 => Convert<uint>(array, number => number),
        ElementType.UInt64 => Convert<ulong>(array, number => number),
        _ => Convert<byte>(array, number => number),
    };

    private static double[] Convert<T>(NpyArray array, Converter<T, double> convert)
        where T : unmanaged => Array.ConvertAll(MemoryMarshal.Cast<byte, T>(array.Bytes).ToArray(), convert);
}
