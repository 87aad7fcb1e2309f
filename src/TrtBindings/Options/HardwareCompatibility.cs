namespace TrtBindings;

/// <summary>Which GPUs an engine shall run on, besides those of the model that it was built on.</summary>
public enum HardwareCompatibility
{
    /// <summary>Only the GPU model that it was built on: the fastest engine, and what TensorRT itself does.</summary>
    None,

    /// <summary>Every GPU from Ampere (compute capability 8.0) on. Slower: no newer instruction is used.</summary>
    AmpereAndNewer,

    /// <summary>Every GPU of the same compute capability. From TensorRT 10.9 on.</summary>
    SameComputeCapability,
}
