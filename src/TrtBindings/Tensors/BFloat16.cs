using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings;

/// <summary>
/// A 16-bit float with the range of a <see cref="float"/> and 8 bits of precision: the upper half of its bits (ONNX
/// <c>bfloat16</c>). Equality and order are those of the numbers, as for <see cref="float"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = sizeof(ushort))]
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>, IFormattable
{
    private const uint QuietBit = 0x0040;

    private readonly ushort _bits;

    private BFloat16(ushort bits) => _bits = bits;

    /// <summary>The number with these bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>Its bits.</summary>
    public ushort ToBits() => _bits;

    /// <summary>The nearest number, ties to even; too large is infinite, and NaN stays NaN with its sign.</summary>
    public static explicit operator BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        // Rounding could carry a NaN's payload into the exponent, and cutting it off could leave an infinity.
        if (float.IsNaN(value)) return new((ushort)((bits >> 16) | QuietBit));
        return new((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same number; exact.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value._bits << 16);

    /// <summary>Rounds many numbers.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void Convert(ReadOnlySpan<float> source, Span<BFloat16> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = (BFloat16)source[i];
    }

    /// <summary>Widens many numbers; exact.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void Convert(ReadOnlySpan<BFloat16> source, Span<float> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = source[i];
    }

    /// <summary>Whether the numbers are equal; NaN is not equal to itself.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == right;

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => (float)left != right;

    /// <summary>Whether one number is below the other.</summary>
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < right;

    /// <summary>Whether one number is above the other.</summary>
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > right;

    /// <summary>Whether one number is at most the other.</summary>
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= right;

    /// <summary>Whether one number is at least the other.</summary>
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= right;

    /// <summary>As for <see cref="float.Equals(float)"/>: NaN equals NaN.</summary>
    public bool Equals(BFloat16 other) => ((float)this).Equals(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ((float)this).GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(BFloat16 other) => ((float)this).CompareTo(other);

    /// <inheritdoc/>
    public override string ToString() => ToString(null, CultureInfo.CurrentCulture);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => ((float)this).ToString(format, formatProvider);

    private static void CheckLengths(int source, int destination)
    {
        if (destination < source)
            throw new ArgumentException($"{source} numbers do not fit a destination of {destination}.", nameof(destination));
    }
}
