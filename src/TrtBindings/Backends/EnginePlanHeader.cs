using System.Buffers.Binary;

namespace TrtBindings.Backends;

/// <summary>The first bytes of a plan, as seen in plans of TensorRT 10.6.</summary>
/// <param name="Length">Bytes of the whole plan; <see langword="null"/> if the header has an unknown layout.</param>
/// <param name="BuiltWith">TensorRT's four-part version; <see langword="null"/> if the header has an unknown layout.</param>
internal sealed record EnginePlanHeader(long? Length, Version? BuiltWith)
{
    /// <summary>Bytes that <see cref="TryParse"/> reads.</summary>
    public const int Size = 28;

    /// <summary>The layout whose other fields are known: length at 16, version at 24.</summary>
    private const uint KnownLayout = 2;

    /// <summary>The magic bytes of every plan.</summary>
    public static ReadOnlySpan<byte> Magic => "ftrt"u8;

    /// <summary>Reads the start of a plan.</summary>
    /// <returns><see langword="true"/> if it is a plan.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EnginePlanHeader header)
    {
        header = new(null, null);
        if (!bytes.StartsWith(Magic)) return false;
        // A newer TensorRT may use another layout. Then the header says nothing.
        if (bytes.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != KnownLayout) return true;
        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        if (length < Size || bytes[24] is < 8 or > 64) return true;
        header = new(length, new(bytes[24], bytes[25], bytes[26], bytes[27]));
        return true;
    }
}
