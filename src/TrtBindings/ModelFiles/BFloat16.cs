using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings;

/// <summary>
/// A 16-bit floating-point number (ONNX <c>bfloat16</c>): the upper half of the bits of a <see cref="float"/>, with the same
/// range and 8 bits of precision. Equality and order are those of <see cref="float"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = sizeof(ushort))]
public readonly struct BFloat16 : IEquatable<BFloat16>, IComparable<BFloat16>, IFormattable
{
    private const uint QuietBit = 0x0040;

    private readonly ushort _bits;

    private BFloat16(ushort bits) => _bits = bits;

    /// <summary>Makes a number from its bits.</summary>
    public static BFloat16 FromBits(ushort bits) => new(bits);

    /// <summary>The bits of the number.</summary>
    public ushort ToBits() => _bits;

    /// <summary>
    /// Rounds to the nearest number, ties to even. Values that are too large become infinite. NaN stays NaN and keeps its sign.
    /// </summary>
    public static explicit operator BFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        // Rounding could carry the payload of a NaN into the exponent, and truncation could leave an infinity.
        if (float.IsNaN(value)) return new((ushort)((bits >> 16) | QuietBit));
        return new((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>Converts to <see cref="float"/>, which is exact.</summary>
    public static implicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value._bits << 16);

    /// <summary>Rounds all numbers of a span.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void Convert(ReadOnlySpan<float> source, Span<BFloat16> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = (BFloat16)source[i];
    }

    /// <summary>Converts all numbers of a span to <see cref="float"/>, which is exact.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void Convert(ReadOnlySpan<BFloat16> source, Span<float> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = source[i];
    }

    /// <summary>Compares two numbers for equality. NaN is not equal to itself.</summary>
    public static bool operator ==(BFloat16 left, BFloat16 right) => (float)left == right;

    /// <summary>Compares two numbers for inequality.</summary>
    public static bool operator !=(BFloat16 left, BFloat16 right) => (float)left != right;

    /// <summary>True if <paramref name="left"/> is less than <paramref name="right"/>.</summary>
    public static bool operator <(BFloat16 left, BFloat16 right) => (float)left < right;

    /// <summary>True if <paramref name="left"/> is greater than <paramref name="right"/>.</summary>
    public static bool operator >(BFloat16 left, BFloat16 right) => (float)left > right;

    /// <summary>True if <paramref name="left"/> is less than or equal to <paramref name="right"/>.</summary>
    public static bool operator <=(BFloat16 left, BFloat16 right) => (float)left <= right;

    /// <summary>True if <paramref name="left"/> is greater than or equal to <paramref name="right"/>.</summary>
    public static bool operator >=(BFloat16 left, BFloat16 right) => (float)left >= right;

    /// <summary>Compares like <see cref="float.Equals(float)"/>: NaN equals NaN.</summary>
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
