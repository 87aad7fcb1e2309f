using System.Text;

namespace TrtBindings.TensorRT.Cache;

/// <summary>Names of the cache's files, and changes to them that may fail without harm.</summary>
internal static class CacheFiles
{
    /// <summary>Extension of cached engines.</summary>
    public const string EngineExtension = ".engine";

    private const int MaxModelName = 40;

    /// <summary>Digits of the key in file names. 24 hexadecimal digits never collide within one folder.</summary>
    private const int KeyDigits = 24;

    private const int BasisDigits = 12;

    /// <summary>Digits of an engine's content in its name.</summary>
    public const int EngineDigits = 12;

    /// <summary>
    /// The common start of the names of all files of one key. The model's name is in it for people only: a key's files are
    /// found whatever the model was called when they were made, so that a model of another name is not built again.
    /// </summary>
    public static string Stem(string folder, EngineCacheKey key)
    {
        var (own, id) = (NewStem(key), Id(key));
        if (File.Exists(Path.Combine(folder, own + EngineSidecar.Extension))) return own;
        var others = Directory.EnumerateFiles(folder, $"*-{id}{EngineSidecar.Extension}")
            .Select(Path.GetFileNameWithoutExtension);
        // The same one for every process.
        return others.Min(StringComparer.Ordinal) ?? own;
    }

    /// <summary>The lock for building the engine of a key, whatever the model is called.</summary>
    public static string Lock(string folder, EngineCacheKey key) => Lock(folder, Id(key));

    /// <summary>The same by the digits that names have.</summary>
    public static string Lock(string folder, string keyDigits) => Path.Combine(folder, $"{keyDigits}.lock");

    /// <summary>
    /// The digits of the key in the name of an engine, a description or a verdict; <see langword="null"/> for a file with any
    /// other name, which is not the cache's.
    /// </summary>
    public static string? KeyDigitsOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        switch (Path.GetExtension(path))
        {
            case EngineRefusal.Extension:
                return Cut(ref name, BasisDigits) && IsHex(name) && name.Length == KeyDigits ? name : null;
            case EngineExtension when !Cut(ref name, EngineDigits):
                return null;
            case EngineExtension or EngineSidecar.Extension:
                var model = name;
                return Cut(ref model, KeyDigits) && model.Length <= MaxModelName && !model.StartsWith('-')
                    && model.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name[^KeyDigits..] : null;
            default:
                return null;
        }

        // Takes a dash and so many digits from the end.
        static bool Cut(ref string text, int digits)
        {
            if (text.Length <= digits || text[^(digits + 1)] != '-' || !IsHex(text[^digits..])) return false;
            text = text[..^(digits + 1)];
            return true;
        }

        static bool IsHex(string text) => text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
    }

    /// <summary>The file that remembers why the engine of a key was not kept, whatever the model is called.</summary>
    /// <param name="folder">The cache.</param>
    /// <param name="key">The key.</param>
    /// <param name="basis">What the verdict follows from besides the engine.</param>
    public static string Refusal(string folder, EngineCacheKey key, string basis)
    {
        var hash = ContentHash.Of(Encoding.UTF8.GetBytes(basis)).AsSpan(ContentHash.Prefix.Length, BasisDigits);
        return Path.Combine(folder, $"{Id(key)}-{hash}{EngineRefusal.Extension}");
    }

    /// <summary>All such files of a key.</summary>
    public static IEnumerable<string> Refusals(string folder, EngineCacheKey key) =>
        Directory.EnumerateFiles(folder, $"{Id(key)}-*{EngineRefusal.Extension}");

    /// <summary>The start of the names of the files of a new key.</summary>
    private static string NewStem(EngineCacheKey key)
    {
        var name = Path.GetFileNameWithoutExtension(key.ModelName);
        Span<char> safe = stackalloc char[Math.Min(name.Length, MaxModelName)];
        for (var i = 0; i < safe.Length; i++) safe[i] = char.IsAsciiLetterOrDigit(name[i]) || name[i] is '_' ? name[i] : '-';
        return $"{safe.TrimStart('-')}-{Id(key)}";
    }

    private static string Id(EngineCacheKey key) => key.Id()[..KeyDigits];

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
