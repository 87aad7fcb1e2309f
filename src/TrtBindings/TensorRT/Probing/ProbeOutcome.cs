namespace TrtBindings.TensorRT.Probing;

/// <summary>The outcome of a probe.</summary>
internal enum ProbeOutcome
{
    /// <summary>Every step worked.</summary>
    Works,

    /// <summary>TensorRT refuses the engine.</summary>
    EngineRefused,

    /// <summary>There is no usable TensorRT or GPU, so nothing is known about the engine.</summary>
    NoTensorRt,

    /// <summary>The process crashed, hung, or gave no answer.</summary>
    Crashed,
}
