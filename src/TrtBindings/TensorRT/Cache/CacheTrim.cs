namespace TrtBindings.TensorRT.Cache;

/// <summary>Keeps a cache within its size: the engines that were used longest ago go first.</summary>
internal sealed class CacheTrim(string folder, long sizeLimit)
{
    /// <summary>No write takes this long, so an older file without an owner is what a dead process left.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    /// <summary>Removes what is too much, and what dead processes left.</summary>
    /// <param name="keep">Sidecar of the engine that stays in any case.</param>
    public void Run(string keep)
    {
        var entries = CacheEntry.List(folder);
        RemoveLeftovers([.. entries.Select(entry => entry.Sidecar.EngineFile)]);
        var total = entries.Sum(entry => entry.Sidecar.EngineBytes);
        foreach (var entry in entries.OrderBy(entry => entry.LastUsed))
        {
            if (total <= sizeLimit) return;
            if (entry.SidecarPath == keep) continue;
            // The sidecar first: without it nobody looks for the engine.
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
