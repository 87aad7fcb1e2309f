namespace TrtBindings.Graphs.Files;

/// <summary>
/// The number format E4M3FN: P. Micikevicius et al., "FP8 Formats for Deep Learning", arXiv:2209.05433. No infinities; values
/// beyond the largest become the largest, as in QuantizeLinear.
/// </summary>
internal static class Float8
{
    /// <summary>The largest finite number.</summary>
    public const float Largest = 448;

    private const byte NaN = 0x7F;

    /// <summary>The smallest exponent of a full number.</summary>
    private const int SmallestExponent = -6;

    /// <summary>Numbers below the full ones are multiples of 1/512.</summary>
    private const float SmallSteps = 512;

    /// <summary>The nearest number; of two that are as near, the even one.</summary>
    public static byte FromFloat(float value)
    {
        if (float.IsNaN(value)) return NaN;
        var sign = float.IsNegative(value) ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(value), Largest);
        // What rounds up to the first full number has its bits: 8 of these steps.
        if (magnitude < MathF.ScaleB(1, SmallestExponent))
            return (byte)(sign | (int)MathF.Round(magnitude * SmallSteps, MidpointRounding.ToEven));
        var bits = BitConverter.SingleToInt32Bits(magnitude);
        // 20 of the 23 bits behind the point go.
        bits += 0x7FFFF + ((bits >> 20) & 1);
        var exponent = (bits >> 23) - 127;
        return (byte)(sign | ((exponent + 7) << 3) | ((bits >> 20) & 7));
    }
}
