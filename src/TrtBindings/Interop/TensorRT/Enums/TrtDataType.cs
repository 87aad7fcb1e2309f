namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>DataType</c>.</summary>
internal enum TrtDataType
{
    Float = 0,
    Half = 1,
    Int8 = 2,
    Int32 = 3,
    Bool = 4,
    UInt8 = 5,
    Fp8 = 6,
    Bf16 = 7,
    Int64 = 8,
    Int4 = 9,
    Fp4 = 10,
    E8M0 = 11,
}
