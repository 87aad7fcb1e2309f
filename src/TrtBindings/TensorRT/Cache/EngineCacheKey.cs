using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrtBindings.TensorRT.Cache;

/// <summary>The facts that decide whether a cached engine is the one that a build would make now.</summary>
internal sealed record EngineCacheKey
{
    /// <summary>The model's path or another name for it, for messages and file names. Not part of the key.</summary>
    public required string ModelName { get; init; }

    /// <summary>Hash of the .onnx, from <see cref="ContentHash"/>.</summary>
    public required string Model { get; init; }

    /// <summary>External weights: the location as the model gives it, and the hash.</summary>
    public IReadOnlyList<EngineKeyPart> Weights { get; init; } = [];

    /// <summary>All optimization profiles, in order.</summary>
    public required string Profiles { get; init; }

    /// <summary>The precision that the build may compute in.</summary>
    public required string Precision { get; init; }

    /// <summary>Every other option that changes the engine: workspace, TF32, level, strip, refit, calibration …</summary>
    public IReadOnlyList<EngineKeyPart> Options { get; init; } = [];

    /// <summary>Plug-in libraries: the path and the hash.</summary>
    public IReadOnlyList<EngineKeyPart> Plugins { get; init; } = [];

    /// <summary>TensorRT's four-part version.</summary>
    public required string TensorRtVersion { get; init; }

    /// <summary>The GPU model's name, or a compute capability if the options let the engine run on several models.</summary>
    public required string Gpu { get; init; }

    /// <summary>All parts, with unique names, in the order in which a cache miss lists them.</summary>
    public IReadOnlyList<EngineKeyPart> Parts() =>
    [
        new("model", Model),
        .. Weights.Select(weights => weights with { Name = $"weights {weights.Name}" }),
        new("profiles", Profiles),
        new("precision", Precision),
        .. Options.Select(option => option with { Name = $"option {option.Name}" }),
        .. Plugins.Select(plugin => plugin with { Name = $"plug-in {plugin.Name}" }),
        new("TensorRT", TensorRtVersion),
        new("GPU", Gpu),
    ];

    /// <summary>The hash of all parts: 64 lower-case hexadecimal digits.</summary>
    public string Id() => IdOf(Parts());

    /// <summary>The hash of parts that were read from a sidecar.</summary>
    public static string IdOf(IEnumerable<EngineKeyPart> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Sorted, and written with lengths, so that neither the order of options nor a character in a value matters.
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

/// <summary>One thing that an engine depends on.</summary>
/// <param name="Name">What it is, as a user would say it: <c>model</c>, <c>precision</c>, <c>TF32</c>.</param>
/// <param name="Value">Its value; the hash of a content starts with <see cref="ContentHash.Prefix"/>.</param>
internal sealed record EngineKeyPart(string Name, string Value);
