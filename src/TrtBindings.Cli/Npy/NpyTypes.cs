using System.Globalization;

namespace TrtBindings.Cli.Npy;

/// <summary>NumPy's words for element types (<c>descr</c>), such as <c>&lt;f4</c>.</summary>
internal static class NpyTypes
{
    private static readonly (ElementType Type, string Code)[] Codes =
    [
        (ElementType.Float, "f4"), (ElementType.Double, "f8"), (ElementType.Float16, "f2"), (ElementType.Int8, "i1"),
        (ElementType.Int16, "i2"), (ElementType.Int32, "i4"), (ElementType.Int64, "i8"), (ElementType.UInt8, "u1"),
        (ElementType.UInt16, "u2"), (ElementType.UInt32, "u4"), (ElementType.UInt64, "u8"), (ElementType.Bool, "b1"),
        // NumPy itself has no bfloat16; ml_dtypes saves it as two bytes without a type.
        (ElementType.BFloat16, "V2"),
    ];

    /// <summary>The word for a type; <see langword="null"/> if NumPy has none. Text needs the length of the longest.</summary>
    public static string? CodeOf(ElementType type, int textLength)
    {
        if (type == ElementType.String) return string.Create(CultureInfo.InvariantCulture, $"<U{textLength}");
        foreach (var (known, code) in Codes)
            if (known == type) return (code[1] == '1' ? '|' : '<') + code;
        return null;
    }

    /// <summary>What a word says.</summary>
    /// <param name="descr">Such as <c>&lt;f4</c>.</param>
    /// <param name="bytes">Bytes of an element.</param>
    /// <param name="isSwapped">Whether the bytes of an element are in the other order (big-endian).</param>
    /// <returns>Undefined for a word that is not known here.</returns>
    public static ElementType TypeOf(string descr, out int bytes, out bool isSwapped)
    {
        (bytes, isSwapped) = (0, false);
        if (descr.Length < 3 || descr[0] is not ('<' or '>' or '|' or '=')) return ElementType.Undefined;
        isSwapped = descr[0] == '>';
        var code = descr[1..];
        if (code[0] == 'U')
        {
            if (!int.TryParse(code[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length is < 1 or > 1 << 20)
                return ElementType.Undefined;
            bytes = 4 * length;
            return ElementType.String;
        }

        foreach (var (type, known) in Codes)
        {
            if (known != code) continue;
            bytes = code[1] - '0';
            return type;
        }

        return ElementType.Undefined;
    }
}
