namespace TrtBindings;

/// <summary>The element type of a tensor. The numbers are those of <c>TensorProto.DataType</c> in ONNX.</summary>
public enum ElementType
{
    /// <summary>Not set, or not known to this version.</summary>
    Undefined = 0,
    /// <summary>32-bit IEEE 754.</summary>
    Float = 1,
    /// <summary>8-bit unsigned.</summary>
    UInt8 = 2,
    /// <summary>8-bit signed.</summary>
    Int8 = 3,
    /// <summary>16-bit unsigned.</summary>
    UInt16 = 4,
    /// <summary>16-bit signed.</summary>
    Int16 = 5,
    /// <summary>32-bit signed.</summary>
    Int32 = 6,
    /// <summary>64-bit signed.</summary>
    Int64 = 7,
    /// <summary>UTF-8 text of any length.</summary>
    String = 8,
    /// <summary>One byte, 0 or 1.</summary>
    Bool = 9,
    /// <summary>16-bit IEEE 754.</summary>
    Float16 = 10,
    /// <summary>64-bit IEEE 754.</summary>
    Double = 11,
    /// <summary>32-bit unsigned.</summary>
    UInt32 = 12,
    /// <summary>64-bit unsigned.</summary>
    UInt64 = 13,
    /// <summary>Two 32-bit floats: real, imaginary.</summary>
    Complex64 = 14,
    /// <summary>Two 64-bit floats: real, imaginary.</summary>
    Complex128 = 15,
    /// <summary>The upper 16 bits of a 32-bit float.</summary>
    BFloat16 = 16,
    /// <summary>8-bit float with 4 exponent and 3 mantissa bits, without infinities.</summary>
    Float8E4M3FN = 17,
    /// <summary><see cref="Float8E4M3FN"/> without a negative zero.</summary>
    Float8E4M3FNUZ = 18,
    /// <summary>8-bit float with 5 exponent and 2 mantissa bits.</summary>
    Float8E5M2 = 19,
    /// <summary><see cref="Float8E5M2"/> without infinities and without a negative zero.</summary>
    Float8E5M2FNUZ = 20,
    /// <summary>4-bit unsigned, two per byte.</summary>
    UInt4 = 21,
    /// <summary>4-bit signed, two per byte.</summary>
    Int4 = 22,
    /// <summary>4-bit float, two per byte.</summary>
    Float4E2M1 = 23,
    /// <summary>8-bit float with only an exponent.</summary>
    Float8E8M0 = 24,
    /// <summary>2-bit unsigned, four per byte.</summary>
    UInt2 = 25,
    /// <summary>2-bit signed, four per byte.</summary>
    Int2 = 26,
}
