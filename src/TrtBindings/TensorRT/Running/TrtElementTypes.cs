using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>Maps TensorRT's element types to ONNX's.</summary>
internal static class TrtElementTypes
{
    /// <summary>The ONNX type; undefined for a type that this release does not know.</summary>
    public static ElementType Of(TrtDataType type) => type switch
    {
        TrtDataType.Float => ElementType.Float,
        TrtDataType.Half => ElementType.Float16,
        TrtDataType.Int8 => ElementType.Int8,
        TrtDataType.Int32 => ElementType.Int32,
        TrtDataType.Bool => ElementType.Bool,
        TrtDataType.Uint8 => ElementType.UInt8,
        TrtDataType.Fp8 => ElementType.Float8E4M3FN,
        TrtDataType.Bf16 => ElementType.BFloat16,
        TrtDataType.Int64 => ElementType.Int64,
        TrtDataType.Int4 => ElementType.Int4,
        TrtDataType.Fp4 => ElementType.Float4E2M1,
        TrtDataType.E8m0 => ElementType.Float8E8M0,
        _ => ElementType.Undefined,
    };
}
