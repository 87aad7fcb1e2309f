namespace TrtBindings;

/// <summary>Whether loading a model may build an engine, which takes seconds to many minutes.</summary>
public enum BuildPolicy
{
    /// <summary>
    /// Never: without a ready engine TensorRT is refused, the reason says how to get one, and the next backend is taken.
    /// </summary>
    Never,

    /// <summary>If the cache has none that fits: a log line says so before it starts.</summary>
    WhenMissing,
}
