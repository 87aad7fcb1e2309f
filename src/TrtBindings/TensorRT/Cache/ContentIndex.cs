using System.Text.Json;
using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>Hashes of files seen before, in a small file. Losing it costs a read of the models, nothing else.</summary>
internal sealed record ContentIndex
{
    /// <summary>Name of the file; the extension keeps it apart from sidecars.</summary>
    public const string FileName = "content.index";

    private const int CurrentFormat = 1;
    private const int MaxEntries = 512;
    private const int MaxBytes = 4 << 20;

    /// <summary>Form of the file.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Full path to what is known of the file.</summary>
    public Dictionary<string, ContentIndexEntry> Files { get; init; } = [];

    /// <summary>The hash, if the file is still the one that was hashed.</summary>
    public string? Find(string path, FileIdentity identity) =>
        Files.TryGetValue(path, out var entry) && entry.Identity == identity && ContentHash.IsHash(entry.Hash)
            ? entry.Hash
            : null;

    /// <summary>Adds a file; the oldest entry goes when there are too many.</summary>
    public void Add(string path, ContentIndexEntry entry)
    {
        Files[path] = entry;
        if (Files.Count > MaxEntries) Files.Remove(Files.MinBy(file => file.Value.Hashed).Key);
    }

    /// <summary>Reads the file; empty if it is missing, damaged, of another form, or written by somebody else.</summary>
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

    /// <summary>Writes the file, if that can be done.</summary>
    public void TryWrite(string path)
    {
        try
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, CacheJson.Default.ContentIndex));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache on a read-only disk still answers; each start reads the models.
        }
    }
}
