namespace TrtBindings.TensorRT.Cache;

/// <summary>An engine that was read from the cache and checked, or built and stored there.</summary>
internal sealed class CachedEngine(string path, EnginePlan plan, bool isNew = false) : IDisposable
{
    /// <summary>Its file in the cache. Another process may have removed it since.</summary>
    public string Path { get; } = path;

    /// <summary>The plan, for <c>deserializeCudaEngine</c>. Disposed with this object.</summary>
    public EnginePlan Plan { get; } = plan;

    /// <summary>It was built now.</summary>
    public bool IsNew { get; } = isNew;

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();
}
