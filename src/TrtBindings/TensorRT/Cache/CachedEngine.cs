namespace TrtBindings.TensorRT.Cache;

/// <summary>An engine from the cache, whose content was checked while it was read.</summary>
internal sealed class CachedEngine(string path, EngineSidecar sidecar, EnginePlan plan) : IDisposable
{
    /// <summary>Where it was read from; the file may be gone since.</summary>
    public string Path { get; } = path;

    /// <summary>What made it.</summary>
    public EngineSidecar Sidecar { get; } = sidecar;

    /// <summary>The plan, for <c>deserializeCudaEngine</c>; gone when this is disposed.</summary>
    public EnginePlan Plan { get; } = plan;

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();
}
