namespace TrtBindings.Model;

/// <summary>Facts about element types.</summary>
public static class ElementTypeExtensions
{
    /// <summary>Bits that one element takes in memory; 0 for text and for undefined.</summary>
    public static int BitWidth(this ElementType type) => type switch
    {
        ElementType.UInt2 or ElementType.Int2 => 2,
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool or ElementType.Float8E4M3FN
            or ElementType.Float8E4M3FNUZ or ElementType.Float8E5M2 or ElementType.Float8E5M2FNUZ
            or ElementType.Float8E8M0 => 8,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 16,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 32,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>The name that onnx.proto uses, in lower case: <c>float</c>, <c>uint8</c>, <c>float8e4m3fn</c>.</summary>
    public static string OnnxName(this ElementType type) => type.ToString().ToLowerInvariant();
}
