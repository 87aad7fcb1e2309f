using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrtBindings.TensorRT.Cache;

/// <summary>A small file with the hashes of files seen before. If it is lost, the models are hashed again.</summary>
internal sealed record ContentIndex
{
    /// <summary>Name of the file. Its extension tells it from sidecars.</summary>
    public const string FileName = "content.index";

    private const int CurrentFormat = 1;
    private const int MaxEntries = 512;
    private const int MaxBytes = 4 << 20;

    /// <summary>Version of the file format.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Entries by the full path of their file.</summary>
    public Dictionary<string, ContentIndexEntry> Files { get; init; } = [];

    /// <summary>The hash of a file, if the file has not changed since it was hashed.</summary>
    public string? Find(string path, FileIdentity identity) =>
        Files.TryGetValue(path, out var entry) && entry.Identity == identity && ContentHash.IsHash(entry.Hash)
            ? entry.Hash
            : null;

    /// <summary>Adds a file, and drops the oldest entry if there are too many.</summary>
    public void Add(string path, ContentIndexEntry entry)
    {
        Files[path] = entry;
        if (Files.Count > MaxEntries) Files.Remove(Files.MinBy(file => file.Value.Hashed).Key);
    }

    /// <summary>Reads the file. Empty if it is missing, damaged, of another format, or if others can write to it.</summary>
    public static ContentIndex Read(string path)
    {
        try
        {
            if (!File.Exists(path) || FileTrust.Danger(path) is not null || new FileInfo(path).Length > MaxBytes) return new();
            var index = JsonSerializer.Deserialize(File.ReadAllBytes(path), CacheJson.Default.ContentIndex);
            return index is { Format: CurrentFormat, Files: not null }
                && index.Files.Values.All(entry => entry is { Identity: not null, Hash: not null })
                ? index
                : new();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return new();
        }
    }

    /// <summary>Writes the file if possible.</summary>
    public void TryWrite(string path)
    {
        try
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, CacheJson.Default.ContentIndex));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache on a read-only disk still works; each start hashes the models again.
        }
    }
}

/// <summary>The known hash of one file.</summary>
/// <param name="Identity">Identity of the file when it was hashed.</param>
/// <param name="Hash">Hash of its content.</param>
/// <param name="Hashed">Time at which it was hashed.</param>
internal sealed record ContentIndexEntry(FileIdentity Identity, string Hash, DateTimeOffset Hashed);

/// <summary>JSON of the cache's files, without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(EngineSidecar))]
[JsonSerializable(typeof(EngineRefusal))]
[JsonSerializable(typeof(ContentIndex))]
internal sealed partial class CacheJson : JsonSerializerContext;
