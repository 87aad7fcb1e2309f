namespace TrtBindings.TensorRT.Cache;

/// <summary>A sidecar in the cache folder, with the facts that removal needs.</summary>
/// <param name="SidecarPath">Its path.</param>
/// <param name="Sidecar">Its content.</param>
/// <param name="LastUsed">Time at which its engine was last stored or read.</param>
internal sealed record CacheEntry(string SidecarPath, EngineSidecar Sidecar, DateTime LastUsed)
{
    /// <summary>Every readable sidecar, the most recently used first.</summary>
    public static IEnumerable<EngineSidecar> ReadAll(string folder) =>
        List(folder).OrderByDescending(entry => entry.LastUsed).Select(entry => entry.Sidecar);

    /// <summary>Every readable sidecar, in any order.</summary>
    public static List<CacheEntry> List(string folder)
    {
        var entries = new List<CacheEntry>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + EngineSidecar.Extension))
        {
            try
            {
                var (sidecar, _) = EngineSidecar.Read(path);
                if (sidecar is not null) entries.Add(new(path, sidecar, File.GetLastWriteTimeUtc(path)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another process has removed or replaced it.
            }
        }

        return entries;
    }
}
