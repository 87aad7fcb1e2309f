using System.Buffers.Binary;
using System.Text.Json;

namespace TrtBindings.Backends;

/// <summary>The header that Ultralytics writes before the plan: the length of a JSON object as 4 bytes, little endian, then the
/// object.</summary>
internal static class UltralyticsHeader
{
    /// <summary>Bytes of the length.</summary>
    public const int LengthSize = 4;

    /// <summary>Far more than the names of thousands of classes need. Anything above is not a length.</summary>
    private const int MaxTextBytes = 16 << 20;

    /// <summary>Reads the length of the JSON object.</summary>
    /// <returns><see langword="true"/> if the bytes can be such a length.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> start, long fileLength, out int length)
    {
        length = start.Length < LengthSize ? 0 : BinaryPrimitives.ReadInt32LittleEndian(start);
        return length is >= 2 and <= MaxTextBytes && length <= fileLength - LengthSize;
    }

    /// <summary>Reads the entries: text as it is, anything else as JSON.</summary>
    /// <exception cref="JsonException">Not a JSON object.</exception>
    public static EquatableArray<MetadataEntry> Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("It is not an object.");
        return new([.. document.RootElement.EnumerateObject().Select(entry => new MetadataEntry(entry.Name,
            entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : entry.Value.GetRawText()))]);
    }
}
