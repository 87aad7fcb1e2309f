namespace TrtBindings.TensorRT.Probing;

/// <summary>How a probe ended.</summary>
internal enum ProbeOutcome
{
    /// <summary>Everything that was tried worked.</summary>
    Works,

    /// <summary>TensorRT does not take the engine.</summary>
    EngineRefused,

    /// <summary>There is no usable TensorRT or GPU, so that nothing is known of the engine.</summary>
    NoTensorRt,

    /// <summary>The process crashed, hung, or did not answer as a probe.</summary>
    Crashed,
}
