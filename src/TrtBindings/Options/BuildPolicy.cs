namespace TrtBindings;

/// <summary>Permission for loading a model to build an engine, which takes seconds to many minutes.</summary>
public enum BuildPolicy
{
    /// <summary>
    /// Loading never builds. Without a ready engine TensorRT is rejected, with a reason that says how to get one, and the next
    /// backend is used.
    /// </summary>
    Never,

    /// <summary>Loading builds an engine if the cache has none that fits. A log line says so before the build starts.</summary>
    WhenMissing,
}
