namespace TrtBindings.TensorRT.Cache;

/// <summary>A sidecar in the folder, as removal sees it.</summary>
/// <param name="SidecarPath">Its path.</param>
/// <param name="Sidecar">What it says.</param>
/// <param name="LastUsed">When its engine was stored or read last.</param>
internal sealed record CacheEntry(string SidecarPath, EngineSidecar Sidecar, DateTime LastUsed)
{
    /// <summary>Every sidecar that can be read, the one used last first.</summary>
    public static IEnumerable<EngineSidecar> ReadAll(string folder) =>
        List(folder).OrderByDescending(entry => entry.LastUsed).Select(entry => entry.Sidecar);

    /// <summary>The same in any order, with what removal wants to know.</summary>
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
                // Removed or replaced by another process meanwhile.
            }
        }

        return entries;
    }
}
