namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>HardwareCompatibilityLevel</c>.</summary>
internal enum TrtHardwareCompatibilityLevel
{
    None = 0,
    AmpereAndNewer = 1,
    SameComputeCapability = 2,
}
