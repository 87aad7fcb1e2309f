namespace TrtBindings;

/// <summary>
/// Precision that TensorRT may compute in: declared on the item with <c>TrtPrecision</c>, or chosen for a build with
/// <see cref="TensorRtOptions.Precision"/>. TensorRT 11 computes in the types that the model file says and takes
/// <see cref="Float32"/> and <see cref="AsInModel"/> only; the others are refused there with what to do instead.
/// </summary>
public enum ModelPrecision
{
    /// <summary><c>fp32</c>: 32-bit floats.</summary>
    Float32,

    /// <summary><c>fp16</c>: 16-bit floats where they are faster.</summary>
    Float16,

    /// <summary><c>bf16</c>: bfloat16 where it is faster.</summary>
    BFloat16,

    /// <summary>
    /// 8-bit integers where they are faster, on TensorRT 10: for a model without quantization of its own, with
    /// <see cref="TensorRtOptions.Calibration"/>. A model that is quantized needs <see cref="AsInModel"/> instead.
    /// </summary>
    Int8,

    /// <summary>8-bit floats where the model asks for them, on TensorRT 10.</summary>
    Float8,

    /// <summary>
    /// Exactly the types that the model file says (a strongly typed network): nothing is rounded that the file does not round.
    /// </summary>
    AsInModel,
}
