namespace TrtBindings.TensorRT.Cache;

/// <summary>Keeps a cache within its size limit. The least recently used engines are removed first.</summary>
internal sealed class CacheTrim(string folder, long sizeLimit)
{
    /// <summary>No write takes this long: an older file without a sidecar was left behind by a process that died.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    /// <summary>A refusal that no load has met for this time is of a model or options that nobody uses any more.</summary>
    private static readonly TimeSpan Outdated = TimeSpan.FromDays(90);

    /// <summary>Removes engines above the limit, and files that dead processes left behind.</summary>
    /// <param name="keep">Sidecar of the engine that is never removed.</param>
    public void Run(string keep)
    {
        var entries = CacheEntry.List(folder);
        RemoveLeftovers([.. entries.Select(entry => entry.Sidecar.EngineFile)]);
        var kernels = Kernels(Path.Combine(folder, KernelCache.Subfolder));
        var total = entries.Sum(entry => entry.Sidecar.EngineBytes);
        // Kernels are small and compiled in a second: they go before any engine does.
        if (total + kernels.Sum(file => file.Length) > sizeLimit) total += Remove(kernels, sizeLimit - total, keep);
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

    /// <summary>Removes the least recently used kernels above the limit, and what dead processes left behind.</summary>
    /// <param name="folder">The folder of the kernels.</param>
    /// <param name="sizeLimit">Bytes of kernels to keep.</param>
    /// <param name="keep">The file that is never removed.</param>
    public static void RemoveKernels(string folder, long sizeLimit, string keep)
    {
        Remove(Kernels(folder), sizeLimit, keep);
        var limit = DateTime.UtcNow - LeftBehind;
        foreach (var path in Directory.EnumerateFiles(folder, "*" + AtomicFile.TemporaryExtension))
            if (File.GetLastWriteTimeUtc(path) < limit) CacheFiles.TryDelete(path);
    }

    private static List<FileInfo> Kernels(string folder) =>
        Directory.Exists(folder) ? [.. new DirectoryInfo(folder).EnumerateFiles("*" + KernelCache.Extension)] : [];

    /// <summary>Removes the oldest files until the rest has at most so many bytes.</summary>
    /// <returns>The bytes of the rest.</returns>
    private static long Remove(List<FileInfo> files, long limit, string keep)
    {
        var total = files.Sum(file => file.Length);
        foreach (var file in files.OrderBy(file => file.LastWriteTimeUtc))
        {
            if (total <= limit) break;
            if (file.FullName != keep && CacheFiles.TryDelete(file.FullName)) total -= file.Length;
        }

        return total;
    }

    private void RemoveLeftovers(HashSet<string> engines)
    {
        var now = DateTime.UtcNow;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            TimeSpan? keeps = Path.GetExtension(path) switch
            {
                AtomicFile.TemporaryExtension => LeftBehind,
                CacheFiles.EngineExtension when !engines.Contains(Path.GetFileName(path)) => LeftBehind,
                EngineRefusal.Extension => Outdated,
                _ => null,
            };
            if (keeps is { } time && now - File.GetLastWriteTimeUtc(path) > time) CacheFiles.TryDelete(path);
        }
    }
}
