namespace TrtBindings.TensorRT.Building;

/// <summary>
/// Types that a build of TensorRT 10 may compute in besides 32-bit floats. TensorRT 11 has no such choice: there the precision
/// is that of the model.
/// </summary>
[Flags]
internal enum BuildPrecision
{
    /// <summary>32-bit floats alone.</summary>
    None = 0,

    /// <summary>16-bit floats.</summary>
    Float16 = 1,

    /// <summary>bfloat16; GPUs from Ampere on have it.</summary>
    BFloat16 = 2,

    /// <summary>8-bit integers: of a model with quantization nodes, or calibrated.</summary>
    Int8 = 4,

    /// <summary>8-bit floats, of a model with quantization nodes; GPUs from Ada on have it.</summary>
    Float8 = 8,
}
