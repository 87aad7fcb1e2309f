using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Cache;

namespace TrtBindings.TensorRT.Building;

/// <summary>The timing cache of one build. A problem with it costs time, but never fails the build.</summary>
internal sealed class TimingCacheUse : IDisposable
{
    private readonly TimingCacheFile _file;
    private readonly TrtBuilderConfig _config;
    private readonly TrtTimingCache _cache;

    private TimingCacheUse(TimingCacheFile file, TrtBuilderConfig config, TrtTimingCache cache) =>
        (_file, _config, _cache) = (file, config, cache);

    /// <summary>Gives a build the times of earlier builds.</summary>
    public static TimingCacheUse Attach(TimingCacheFile file, TrtBuilderConfig config)
    {
        if (file.Read() is { Length: > 0 } known && TryAttach(file, config, known) is { } use) return use;
        var empty = config.CreateTimingCache([]);
        config.SetTimingCache(empty, ignoreMismatch: false);
        return new(file, config, empty);
    }

    /// <summary>Stores the times of this build, combined with those that other builds have stored since.</summary>
    /// <returns>Why they cannot be stored; <see langword="null"/> if they were.</returns>
    public string? Keep(CancellationToken cancellation)
    {
        try
        {
            _file.Update(Combine, cancellation);
            return null;
        }
        catch (Exception e) when (e is TensorRtException or EngineCacheException)
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private static TimingCacheUse? TryAttach(TimingCacheFile file, TrtBuilderConfig config, byte[] known)
    {
        TrtTimingCache? cache = null;
        try
        {
            cache = config.CreateTimingCache(known);
            config.SetTimingCache(cache, ignoreMismatch: false);
            return new(file, config, cache);
        }
        catch (TensorRtException)
        {
            // The times are of another TensorRT or GPU. They are measured again and replaced.
            cache?.Dispose();
            return null;
        }
    }

    private byte[] Combine(byte[]? there)
    {
        if (there is { Length: > 0 })
        {
            try
            {
                using var other = _config.CreateTimingCache(there);
                _cache.Combine(other, ignoreMismatch: false);
            }
            catch (TensorRtException)
            {
                // The stored times cannot be read. Those of this build replace them.
            }
        }

        using var memory = _cache.Serialize();
        using var stream = memory.OpenRead();
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
