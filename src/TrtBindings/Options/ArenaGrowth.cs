namespace TrtBindings;

/// <summary>Growth of the device memory pool of ONNX Runtime's CUDA provider.</summary>
public enum ArenaGrowth
{
    /// <summary>By powers of two: fewer calls of the driver, more memory held.</summary>
    NextPowerOfTwo,

    /// <summary>By what is asked for.</summary>
    SameAsRequested,
}
