namespace TrtBindings;

/// <summary>ONNX Runtime's <c>GraphOptimizationLevel</c>.</summary>
public enum GraphOptimization
{
    /// <summary>The graph runs as it is written.</summary>
    None = 0,
    /// <summary>Rewrites that do not depend on the hardware: constants folded, dead nodes dropped.</summary>
    Basic = 1,
    /// <summary>Also fusions of several operators into one.</summary>
    Extended = 2,
    /// <summary>Also memory layouts for this processor.</summary>
    All = 99,
}
