namespace TrtBindings;

/// <summary>How ONNX Runtime's CUDA provider enlarges its pool of device memory.</summary>
public enum ArenaGrowth
{
    /// <summary>By powers of two: fewer calls of the driver, more memory held.</summary>
    NextPowerOfTwo,

    /// <summary>By what is asked for.</summary>
    SameAsRequested,
}
