using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// A JSON file in the cache in place of an engine that was built and not kept: with it the next load fails at once instead of
/// building the same engine again. It is written as a whole or not at all; a damaged one counts as absent.
/// </summary>
internal sealed record EngineRefusal
{
    /// <summary>The version of the file format that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Extension of these files.</summary>
    public const string Extension = ".refused";

    private const int MaxBytes = 1 << 20;

    /// <summary>Version of the file format.</summary>
    public required int Format { get; init; }

    /// <summary><see cref="EngineCacheKey.Id"/>.</summary>
    public required string Key { get; init; }

    /// <summary><see cref="EngineCacheKey.ModelName"/>.</summary>
    public required string Model { get; init; }

    /// <summary>Name and value of every part of the key.</summary>
    public required Dictionary<string, string> Parts { get; init; }

    /// <summary>What the verdict follows from besides the engine: tolerance, samples, reference, driver.</summary>
    public required string Basis { get; init; }

    /// <summary>Time at which the engine was refused.</summary>
    public required DateTimeOffset Refused { get; init; }

    /// <summary>The message of the error.</summary>
    public required string Said { get; init; }

    /// <summary>True if it was compared; false if its layers compute in other types than those that were asked for.</summary>
    public required bool IsParity { get; init; }

    /// <summary><see cref="EngineParityException.Output"/>.</summary>
    public string Output { get; init; } = "";

    /// <summary><see cref="EngineParityException.Size"/>.</summary>
    public string Size { get; init; } = "";

    /// <summary><see cref="EngineParityException.BatchItem"/>.</summary>
    public int? BatchItem { get; init; }

    /// <summary><see cref="EngineParityException.Problem"/>.</summary>
    public string Problem { get; init; } = "";

    /// <summary>The parts as a key gives them.</summary>
    [JsonIgnore]
    public IEnumerable<EngineKeyPart> KeyParts => Parts.Select(part => new EngineKeyPart(part.Key, part.Value));

    /// <summary>What to keep of an error.</summary>
    /// <param name="key">The key of the engine.</param>
    /// <param name="basis">See <see cref="Basis"/>.</param>
    /// <param name="error">An <see cref="EngineParityException"/> or <see cref="EngineBuildException"/>.</param>
    public static EngineRefusal Of(EngineCacheKey key, string basis, TrtBindingsException error)
    {
        var parity = error as EngineParityException;
        return new()
        {
            Format = CurrentFormat, Key = key.Id(), Model = key.ModelName, Basis = basis,
            Parts = key.Parts().ToDictionary(part => part.Name, part => part.Value),
            Refused = DateTimeOffset.UtcNow, Said = error.Message, IsParity = parity is not null,
            Output = parity?.Output ?? "", Size = parity?.Size ?? "", BatchItem = parity?.BatchItem,
            Problem = parity?.Problem ?? "",
        };
    }

    /// <summary>The same error, which says that nothing was built now.</summary>
    /// <param name="model">What the model is called now.</param>
    public TrtBindingsException ToError(string model) => IsParity
        ? new EngineParityException(model, Output, Size, BatchItem, Problem) { RefusedAt = Refused, Said = Said }
        : new EngineBuildException(model, Parts.GetValueOrDefault("TensorRT", ""), Said) { RefusedAt = Refused, Said = Said };

    /// <summary>The file as UTF-8.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CacheJson.Default.EngineRefusal);

    /// <summary>Reads a file.</summary>
    /// <returns>The refusal, or why it cannot be used: the end of a sentence that starts with the path.</returns>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="IOException">The system could not read.</exception>
    public static (EngineRefusal? Refusal, string Why) Read(string path)
    {
        byte[] bytes;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (FileTrust.Danger(path) is { } danger) return (null, danger);
            if (file.Length > MaxBytes) return (null, $"is {file.Length:N0} bytes long, which no refusal is");
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }

        try
        {
            var refusal = JsonSerializer.Deserialize(bytes, CacheJson.Default.EngineRefusal);
            // Nullable annotations do not cover the values of a dictionary.
            if (refusal is null || refusal.Parts.Values.Any(value => value is null)) return (null, "is damaged: it lacks values");
            if (refusal.Format != CurrentFormat)
                return (null, $"was written by another version of TrtBindings (form {refusal.Format}, not {CurrentFormat})");
            return EngineCacheKey.IdOf(refusal.KeyParts) == refusal.Key
                ? (refusal, "")
                : (null, "is damaged: its parts are not those of its key");
        }
        catch (JsonException e)
        {
            return (null, $"is damaged: {OneLine.Of(e.Message)}");
        }
    }
}
