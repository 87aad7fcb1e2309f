using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrtBindings.TensorRT.Cache;

/// <summary>Everything that decides whether an engine built before is the one that would be built now.</summary>
internal sealed record EngineCacheKey
{
    /// <summary>
    /// The model's path, or what stands in for it: for messages and for the names of files, not part of the key.
    /// </summary>
    public required string ModelName { get; init; }

    /// <summary>Hash of the .onnx, from <see cref="ContentHash"/>.</summary>
    public required string Model { get; init; }

    /// <summary>External weights: location as the model gives it, and hash.</summary>
    public EquatableArray<EngineKeyPart> Weights { get; init; }

    /// <summary>Optimization profiles, all of them, in order.</summary>
    public required string Profiles { get; init; }

    /// <summary>Precision that the build may compute in.</summary>
    public required string Precision { get; init; }

    /// <summary>
    /// Every other option of the build that changes the engine: workspace, TF32, level, strip, refit, calibration …
    /// </summary>
    public EquatableArray<EngineKeyPart> BuildOptions { get; init; }

    /// <summary>Plug-in libraries: a name (no two alike, so the path where file names repeat) and hash.</summary>
    public EquatableArray<EngineKeyPart> Plugins { get; init; }

    /// <summary>TensorRT's four-part version.</summary>
    public required string TensorRtVersion { get; init; }

    /// <summary>Name of the GPU model, or its compute capability where the options make engines portable among models.</summary>
    public required string Gpu { get; init; }

    /// <summary>Every part, in the order in which a miss names them; the names of no two are equal.</summary>
    public IReadOnlyList<EngineKeyPart> Parts() =>
    [
        new("model", Model),
        .. Weights.Select(weights => weights with { Name = $"weights {weights.Name}" }),
        new("profiles", Profiles),
        new("precision", Precision),
        .. BuildOptions.Select(option => option with { Name = $"option {option.Name}" }),
        .. Plugins.Select(plugin => plugin with { Name = $"plug-in {plugin.Name}" }),
        new("TensorRT", TensorRtVersion),
        new("GPU", Gpu),
    ];

    /// <summary>64 lower-case hexadecimal digits that differ for keys whose parts differ.</summary>
    public string Id() => IdOf(Parts());

    /// <summary>The same, of parts read back from a sidecar.</summary>
    public static string IdOf(IEnumerable<EngineKeyPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Sorted and with their lengths, so that neither the order of options nor a character inside a value matters.
        foreach (var (name, value) in parts.OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            Append(hash, name);
            Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
