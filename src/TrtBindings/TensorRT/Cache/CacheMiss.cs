namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Explains in one line why no cached engine fits: the differences from the most similar one, and whether that one stays of use.
/// </summary>
internal static class CacheMiss
{
    /// <summary>
    /// What an application chooses. It may use two engines that differ in these, so both are kept. An engine that differs in
    /// anything else is out of date: its model, a plug-in, TensorRT or this library was replaced.
    /// </summary>
    private static readonly string[] Choices = ["profiles", "precision", "GPU"];

    private const string OptionPrefix = "option ";

    /// <summary>Not an application's option, but the version of what this library makes of the options.</summary>
    private const string Recipe = OptionPrefix + "recipe";

    private const string Absent = "none";

    /// <summary>Compares a key with every engine in the folder.</summary>
    /// <param name="key">The wanted engine.</param>
    /// <param name="stored">The cached engines, the most recently used first.</param>
    public static string Explain(EngineCacheKey key, IEnumerable<EngineSidecar> stored)
    {
        var wanted = key.Parts();
        List<(bool IsChoice, string Text)>? nearest = null;
        foreach (var sidecar in stored)
        {
            if (sidecar.Model != key.ModelName && sidecar.Parts.GetValueOrDefault("model") != key.Model) continue;
            var differences = Differences(wanted, sidecar);
            if (nearest is null || differences.Count < nearest.Count) nearest = differences;
        }

        if (nearest is null) return $"No engine of '{key.ModelName}' was built before";
        var what = string.Join("; ", nearest.Select(difference => difference.Text));
        return nearest.All(difference => difference.IsChoice)
            ? $"Another engine of '{key.ModelName}' is built, and the one that was built before stays: {what}"
            : $"The engine of '{key.ModelName}' that was built before does not fit: {what}";
    }

    private static bool IsChoice(string part) =>
        Choices.Contains(part) || (part.StartsWith(OptionPrefix, StringComparison.Ordinal) && part != Recipe);

    private static List<(bool IsChoice, string Text)> Differences(IReadOnlyList<EngineKeyPart> wanted, EngineSidecar sidecar)
    {
        var differences = new List<(bool, string)>();
        foreach (var (name, value) in wanted)
        {
            var before = sidecar.Parts.GetValueOrDefault(name);
            if (before != value) differences.Add((before is not null && IsChoice(name), Difference(name, before, value)));
        }

        foreach (var (name, before) in sidecar.Parts)
            if (wanted.All(part => part.Name != name)) differences.Add((false, Difference(name, before, null)));
        return differences;
    }

    private static string Difference(string name, string? before, string? now) =>
        before is not null && now is not null && ContentHash.IsHash(before) && ContentHash.IsHash(now)
            ? $"{OneLine.Of(name)} has changed"
            : $"{OneLine.Of(name)} was {Shown(before)}, is {Shown(now)}";

    private static string Shown(string? value) =>
        value is null ? Absent : ContentHash.IsHash(value) ? value[..(ContentHash.Prefix.Length + 12)] : OneLine.Of(value);
}
