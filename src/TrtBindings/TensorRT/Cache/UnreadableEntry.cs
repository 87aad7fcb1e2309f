namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Files of the cache that no load uses and no list of engines has: an engine whose description is damaged or gone, and a verdict
/// that cannot be read. Only files with the names that the cache gives are taken for its own.
/// </summary>
/// <param name="Files">Full paths; a description before its engine.</param>
/// <param name="Why">What is wrong: a sentence without its full stop.</param>
internal sealed record UnreadableEntry(IReadOnlyList<string> Files, string Why)
{
    /// <summary>All of them in a folder, in the order of their names. What another process builds just now is left out.</summary>
    public static List<UnreadableEntry> List(string folder)
    {
        // Engines first: one that is stored meanwhile gets its description after it.
        string[] engines = [.. Ours(folder, CacheFiles.EngineExtension)];
        var found = new List<UnreadableEntry>();
        var claimed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Ours(folder, EngineSidecar.Extension))
        {
            var stem = Path.GetFileNameWithoutExtension(path) + "-";
            var (sidecar, why) = Read(path, EngineSidecar.Read);
            if (why is null) claimed.Add(Path.Combine(folder, sidecar!.EngineFile));
            if (why is null || IsBuilt(folder, path)) continue;
            string[] own = [.. engines.Where(engine => Path.GetFileName(engine).StartsWith(stem, StringComparison.Ordinal))];
            claimed.UnionWith(own);
            found.Add(new([path, .. own], $"'{path}' {why}"));
        }

        foreach (var engine in engines.Where(engine => !claimed.Contains(engine) && !IsBuilt(folder, engine)))
            found.Add(new([engine], $"no description names '{engine}'"));
        foreach (var path in Ours(folder, EngineRefusal.Extension))
            if (Read(path, EngineRefusal.Read).Why is { } why) found.Add(new([path], $"'{path}' {why}"));
        found.Sort((one, other) => string.CompareOrdinal(one.Files[0], other.Files[0]));
        return found;
    }

    private static IEnumerable<string> Ours(string folder, string extension) => Directory
        .EnumerateFiles(folder, "*" + extension).Where(path => CacheFiles.KeyDigitsOf(path) is not null)
        .Order(StringComparer.Ordinal);

    private static (T? Content, string? Why) Read<T>(string path, Func<string, (T?, string)> read)
        where T : class
    {
        try
        {
            var (content, why) = read(path);
            return (content, content is null ? why : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot be read: {OneLine.Of(e.Message)}");
        }
    }

    /// <summary>Whether somebody holds the lock for building this engine.</summary>
    private static bool IsBuilt(string folder, string path)
    {
        var file = CacheFiles.Lock(folder, CacheFiles.KeyDigitsOf(path)!);
        if (!File.Exists(file)) return false;
        try
        {
            using var taken = BuildLock.TryTake(file);
            return taken is null;
        }
        catch (EngineCacheException)
        {
            return false;
        }
    }
}
