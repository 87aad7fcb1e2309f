namespace TrtBindings.TensorRT.Building;

/// <summary>Which other GPU models an engine shall run on.</summary>
internal enum EnginePortability
{
    /// <summary>None: the fastest engine.</summary>
    ThisModel,

    /// <summary>Every GPU from Ampere on (compute capability 8.0).</summary>
    AmpereAndNewer,

    /// <summary>Every GPU of the same compute capability; TensorRT 10.9 and later.</summary>
    SameComputeCapability,
}
