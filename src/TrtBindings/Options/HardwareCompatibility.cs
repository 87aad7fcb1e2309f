namespace TrtBindings;

/// <summary>The GPUs that an engine can run on, besides those of the model that built it.</summary>
public enum HardwareCompatibility
{
    /// <summary>Only the GPU model that built it. This gives the fastest engine, and is TensorRT's default.</summary>
    None,

    /// <summary>Every GPU from Ampere (compute capability 8.0) on. Slower, because no newer instructions are used.</summary>
    AmpereAndNewer,

    /// <summary>Every GPU of the same compute capability. From TensorRT 10.9 on.</summary>
    SameComputeCapability,
}
