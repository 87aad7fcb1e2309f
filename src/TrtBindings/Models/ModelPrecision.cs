namespace TrtBindings;

/// <summary>Precision that TensorRT may compute in, declared on the item with <c>TrtPrecision</c>.</summary>
public enum ModelPrecision
{
    /// <summary><c>fp32</c>: 32-bit floats.</summary>
    Float32,

    /// <summary><c>fp16</c>: 16-bit floats where they are faster.</summary>
    Float16,

    /// <summary><c>bf16</c>: bfloat16 where it is faster.</summary>
    BFloat16,
}
