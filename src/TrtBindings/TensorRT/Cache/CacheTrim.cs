namespace TrtBindings.TensorRT.Cache;

/// <summary>Keeps a cache within its size limit. The least recently used engines are removed first.</summary>
internal sealed class CacheTrim(string folder, long sizeLimit)
{
    /// <summary>No write takes this long: an older file without a sidecar was left behind by a process that died.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    /// <summary>Removes engines above the limit, and files that dead processes left behind.</summary>
    /// <param name="keep">Sidecar of the engine that is never removed.</param>
    public void Run(string keep)
    {
        var entries = CacheEntry.List(folder);
        RemoveLeftovers([.. entries.Select(entry => entry.Sidecar.EngineFile)]);
        var total = entries.Sum(entry => entry.Sidecar.EngineBytes);
        foreach (var entry in entries.OrderBy(entry => entry.LastUsed))
        {
            if (total <= sizeLimit) return;
            if (entry.SidecarPath == keep) continue;
            // The sidecar goes first: without it no process looks for the engine.
            if (!CacheFiles.TryDelete(entry.SidecarPath)) continue;
            CacheFiles.TryDelete(Path.Combine(folder, entry.Sidecar.EngineFile));
            total -= entry.Sidecar.EngineBytes;
        }
    }

    private void RemoveLeftovers(HashSet<string> engines)
    {
        var limit = DateTime.UtcNow - LeftBehind;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var unowned = Path.GetExtension(path) switch
            {
                AtomicFile.TemporaryExtension => true,
                CacheFiles.EngineExtension => !engines.Contains(Path.GetFileName(path)),
                _ => false,
            };
            if (unowned && File.GetLastWriteTimeUtc(path) < limit) CacheFiles.TryDelete(path);
        }
    }
}
