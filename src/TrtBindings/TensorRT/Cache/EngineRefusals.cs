namespace TrtBindings.TensorRT.Cache;

/// <summary>The engines of a cache that were built and not kept.</summary>
/// <param name="folder">Full path of the cache.</param>
internal sealed class EngineRefusals(string folder)
{
    /// <summary>Finds what is known of an engine.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="basis">
    /// What a verdict follows from besides the engine; asked for only where there is one. <see langword="null"/> takes any.
    /// </param>
    public EngineRefusal? Find(EngineCacheKey key, Func<string>? basis)
    {
        var asked = "";
        foreach (var path in CacheFiles.Refusals(folder, key).Order(StringComparer.Ordinal))
        {
            if (basis is not null && asked.Length == 0) asked = basis();
            if (basis is not null && path != CacheFiles.Refusal(folder, key, asked)) continue;
            var refusal = TryRead(path);
            if (refusal is null || refusal.Key != key.Id() || (basis is not null && refusal.Basis != asked)) continue;
            CacheFiles.TryTouch(path);
            return refusal;
        }

        return null;
    }

    /// <summary>Every readable verdict of a cache.</summary>
    public static IEnumerable<(string Path, EngineRefusal Refusal)> List(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + EngineRefusal.Extension))
            if (TryRead(path) is { } refusal) yield return (path, refusal);
    }

    /// <summary>Keeps a refusal.</summary>
    /// <returns>Path of the file.</returns>
    /// <exception cref="IOException">No room, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public string Remember(EngineCacheKey key, EngineRefusal refusal)
    {
        var path = CacheFiles.Refusal(folder, key, refusal.Basis);
        AtomicFile.Write(path, refusal.ToJson());
        return path;
    }

    /// <summary>Removes what is known of an engine, whatever it follows from.</summary>
    public void Forget(EngineCacheKey key)
    {
        foreach (var path in CacheFiles.Refusals(folder, key)) CacheFiles.TryDelete(path);
    }

    private static EngineRefusal? TryRead(string path)
    {
        try
        {
            return EngineRefusal.Read(path).Refusal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has removed it.
            return null;
        }
    }
}
