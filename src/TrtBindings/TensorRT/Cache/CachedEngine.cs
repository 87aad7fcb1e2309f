using TrtBindings.Backends;

namespace TrtBindings.TensorRT.Cache;

/// <summary>An engine that was read from the cache and checked, or built and stored there.</summary>
internal sealed class CachedEngine(string path, EnginePlan plan, BuildTimes? times = null) : IDisposable
{
    /// <summary>Its file in the cache. Another process may have removed it since.</summary>
    public string Path { get; } = path;

    /// <summary>The plan, for <c>deserializeCudaEngine</c>. Disposed with this object.</summary>
    public EnginePlan Plan { get; } = plan;

    /// <summary>Where the time of the build went; <see langword="null"/> if it was in the cache.</summary>
    public BuildTimes? Times { get; } = times;

    /// <summary>What is known of it.</summary>
    public EngineVerdict Verdict { get; init; } = EngineVerdict.None;

    /// <summary>The same engine with another verdict; this object must not be disposed then.</summary>
    public CachedEngine With(EngineVerdict verdict) => new(Path, Plan, Times) { Verdict = verdict };

    /// <inheritdoc/>
    public void Dispose() => Plan.Dispose();
}
