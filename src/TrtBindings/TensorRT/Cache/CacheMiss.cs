namespace TrtBindings.TensorRT.Cache;

/// <summary>Explains in one line why no cached engine fits: the differences from the most similar one.</summary>
internal static class CacheMiss
{
    private const string Absent = "none";

    /// <summary>Compares a key with every engine in the folder.</summary>
    /// <param name="key">The wanted engine.</param>
    /// <param name="stored">The cached engines, the most recently used first.</param>
    public static string Explain(EngineCacheKey key, IEnumerable<EngineSidecar> stored)
    {
        var wanted = key.Parts();
        List<string>? nearest = null;
        foreach (var sidecar in stored)
        {
            if (sidecar.Model != key.ModelName && sidecar.Parts.GetValueOrDefault("model") != key.Model) continue;
            var differences = Differences(wanted, sidecar);
            if (nearest is null || differences.Count < nearest.Count) nearest = differences;
        }

        return nearest is null
            ? $"No engine of '{key.ModelName}' was built before"
            : $"The engine of '{key.ModelName}' that was built before does not fit: {string.Join("; ", nearest)}";
    }

    private static List<string> Differences(IReadOnlyList<EngineKeyPart> wanted, EngineSidecar sidecar)
    {
        var differences = new List<string>();
        foreach (var (name, value) in wanted)
        {
            var before = sidecar.Parts.GetValueOrDefault(name);
            if (before != value) differences.Add(Difference(name, before, value));
        }

        foreach (var (name, before) in sidecar.Parts)
            if (wanted.All(part => part.Name != name)) differences.Add(Difference(name, before, null));
        return differences;
    }

    private static string Difference(string name, string? before, string? now) =>
        before is not null && now is not null && ContentHash.IsHash(before) && ContentHash.IsHash(now)
            ? $"{OneLine.Of(name)} has changed"
            : $"{OneLine.Of(name)} was {Shown(before)}, is {Shown(now)}";

    private static string Shown(string? value) =>
        value is null ? Absent : ContentHash.IsHash(value) ? value[..(ContentHash.Prefix.Length + 12)] : OneLine.Of(value);
}
