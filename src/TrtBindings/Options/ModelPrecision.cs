namespace TrtBindings;

/// <summary>
/// The precision that TensorRT may compute in, declared on the item with <c>TrtPrecision</c> or set for a build with
/// <see cref="TensorRtOptions.Precision"/>. TensorRT 11 computes in the types of the model file and takes only
/// <see cref="Float32"/> and <see cref="AsInModel"/>; it refuses the others, with a message that says what to do instead.
/// </summary>
public enum ModelPrecision
{
    /// <summary><c>fp32</c>: 32-bit floats.</summary>
    Float32,

    /// <summary><c>fp16</c>: also 16-bit floats where they are faster.</summary>
    Float16,

    /// <summary><c>bf16</c>: also bfloat16 where it is faster.</summary>
    BFloat16,

    /// <summary>
    /// Also 8-bit integers where they are faster, on TensorRT 10, with <see cref="TensorRtOptions.Calibration"/>. For a model
    /// without quantization nodes; a quantized model needs <see cref="AsInModel"/> instead.
    /// </summary>
    Int8,

    /// <summary>Also 8-bit floats where the model asks for them, on TensorRT 10.</summary>
    Float8,

    /// <summary>
    /// Exactly the types of the model file (TensorRT's strongly typed network). Nothing is rounded that the file does not round.
    /// </summary>
    AsInModel,
}
