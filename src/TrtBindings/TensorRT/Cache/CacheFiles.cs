namespace TrtBindings.TensorRT.Cache;

/// <summary>Names of the cache's files, and changes to them that may fail without harm.</summary>
internal static class CacheFiles
{
    /// <summary>Extension of cached engines.</summary>
    public const string EngineExtension = ".engine";

    private const int MaxModelName = 40;

    /// <summary>Digits of the key in file names. 24 hexadecimal digits never collide within one folder.</summary>
    private const int KeyDigits = 24;

    /// <summary>The common start of the names of all files of one key.</summary>
    public static string Stem(EngineCacheKey key)
    {
        var name = Path.GetFileNameWithoutExtension(key.ModelName);
        Span<char> safe = stackalloc char[Math.Min(name.Length, MaxModelName)];
        for (var i = 0; i < safe.Length; i++) safe[i] = char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' ? name[i] : '-';
        return $"{safe.TrimStart('-')}-{key.Id().AsSpan(0, KeyDigits)}";
    }

    /// <summary>Deletes a file if possible.</summary>
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

    /// <summary>Marks a file as used now if possible. A cache on a read-only disk still works.</summary>
    public static void TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only the order in which engines are removed gets less exact.
        }
    }
}
