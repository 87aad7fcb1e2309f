using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrtBindings.TensorRT.Cache;

/// <summary>A JSON file beside a cached engine with the engine's key. It is written after the engine.</summary>
internal sealed record EngineSidecar
{
    /// <summary>The version of the file format that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Extension of sidecars.</summary>
    public const string Extension = ".json";

    private const int MaxBytes = 4 << 20;

    /// <summary>Version of the file format.</summary>
    public required int Format { get; init; }

    /// <summary><see cref="EngineCacheKey.Id"/>.</summary>
    public required string Key { get; init; }

    /// <summary><see cref="EngineCacheKey.ModelName"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Name and value of every part of the key.</summary>
    public required Dictionary<string, string> Parts { get; init; }

    /// <summary>The engine file: a name in the same folder.</summary>
    public required string EngineFile { get; init; }

    /// <summary>Bytes of that file.</summary>
    public required long EngineBytes { get; init; }

    /// <summary>Hash of its content.</summary>
    public required string EngineHash { get; init; }

    /// <summary>Time at which the engine was stored.</summary>
    public required DateTimeOffset Stored { get; init; }

    /// <summary>What is known of this engine's bytes; <see langword="null"/> from an earlier version of this library.</summary>
    public EngineVerdict? Verdict { get; init; }

    /// <summary>The parts as a key gives them.</summary>
    [JsonIgnore]
    public IEnumerable<EngineKeyPart> KeyParts => Parts.Select(part => new EngineKeyPart(part.Key, part.Value));

    /// <summary>The file as UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CacheJson.Default.EngineSidecar);

    /// <summary>Reads a sidecar.</summary>
    /// <returns>The sidecar, or why it cannot be used: the end of a sentence that starts with the path.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">The system could not read.</exception>
    public static (EngineSidecar? Sidecar, string Why) Read(string path)
    {
        byte[] bytes;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (FileTrust.Danger(path) is { } danger) return (null, danger);
            if (file.Length > MaxBytes) return (null, $"is {file.Length:N0} bytes long, which no description of an engine is");
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }

        try
        {
            var sidecar = JsonSerializer.Deserialize(bytes, CacheJson.Default.EngineSidecar);
            // Nullable annotations do not cover the values of a dictionary.
            if (sidecar is null || sidecar.Parts.Values.Any(value => value is null))
                return (null, "is damaged: it lacks values");
            if (sidecar.Format != CurrentFormat)
                return (null, $"was written by another version of TrtBindings (form {sidecar.Format}, not {CurrentFormat})");
            // A name that leads out of the folder could run a file that other users have written.
            return sidecar.EngineFile.Length == 0 || sidecar.EngineFile.AsSpan().IndexOfAny('/', '\\', '\0') >= 0
                ? (null, "names an engine outside the cache")
                : EngineCacheKey.IdOf(sidecar.KeyParts) == sidecar.Key
                    ? (sidecar, "")
                    : (null, "is damaged: its parts are not those of its key");
        }
        catch (JsonException e)
        {
            return (null, $"is damaged: {OneLine.Of(e.Message)}");
        }
    }
}
