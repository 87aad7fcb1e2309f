using System.Buffers.Binary;
using System.Text.Json;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// What Ultralytics writes before the plan: the length of a text as 4 bytes, little endian, then the text, a JSON object.
/// </summary>
internal static class UltralyticsHeader
{
    /// <summary>Bytes of the length.</summary>
    public const int LengthSize = 4;

    /// <summary>Far more than names of thousands of classes need; a length above it is not a length.</summary>
    private const int MaxTextBytes = 16 << 20;

    /// <summary>The length of the text.</summary>
    /// <returns>Whether it can be one.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> start, long fileLength, out int length)
    {
        length = start.Length < LengthSize ? 0 : BinaryPrimitives.ReadInt32LittleEndian(start);
        return length is >= 2 and <= MaxTextBytes && length <= fileLength - LengthSize;
    }

    /// <summary>The entries: text as it is, anything else as its JSON.</summary>
    /// <exception cref="JsonException">Not a JSON object.</exception>
    public static EquatableArray<MetadataEntry> Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("It is not an object.");
        return new([.. document.RootElement.EnumerateObject().Select(entry => new MetadataEntry(entry.Name,
            entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText()))]);
    }
}
