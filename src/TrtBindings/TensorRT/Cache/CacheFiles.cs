namespace TrtBindings.TensorRT.Cache;

/// <summary>Files of the cache: their names, and changes to them that may fail without harm.</summary>
internal static class CacheFiles
{
    /// <summary>Ends the names of cached engines.</summary>
    public const string EngineExtension = ".engine";

    private const int MaxModelName = 40;

    /// <summary>Digits of the key in names: enough that no two of a folder's engines ever share them.</summary>
    private const int KeyDigits = 24;

    /// <summary>How the names of all files of one key start.</summary>
    public static string Stem(EngineCacheKey key)
    {
        var name = Path.GetFileNameWithoutExtension(key.ModelName);
        Span<char> safe = stackalloc char[Math.Min(name.Length, MaxModelName)];
        for (var i = 0; i < safe.Length; i++) safe[i] = char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' ? name[i] : '-';
        return $"{safe.TrimStart('-')}-{key.Id().AsSpan(0, KeyDigits)}";
    }

    /// <summary>Removes a file if that can be done.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Notes that a file was used now, if that can be done: a cache on a read-only disk still answers.</summary>
    public static void TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The order of removal suffers a little, nothing else.
        }
    }
}
