namespace TrtBindings;

/// <summary>
/// Files in a cache that no load uses: an engine whose description is damaged, of another version or gone, or a verdict that
/// cannot be read. Their names are those that the cache gives; other files in the folder are never listed.
/// </summary>
/// <param name="Files">Full paths.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Why">What is wrong with them: a sentence without its full stop.</param>
public sealed record UnreadableEngine(IReadOnlyList<string> Files, long Bytes, string Why);
