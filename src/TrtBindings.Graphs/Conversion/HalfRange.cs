namespace TrtBindings.Graphs.Conversion;

/// <summary>The limits of FP16.</summary>
internal static class HalfRange
{
    /// <summary>The largest finite number.</summary>
    public const float Largest = 65504;

    /// <summary>The smallest number with all bits of precision, 2^-14.</summary>
    public const float SmallestNormal = 6.103515625e-5f;
}
