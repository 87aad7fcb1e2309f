namespace TrtBindings.ModelFiles.Onnx;

/// <summary>The key-value entries of one tensor's <c>external_data</c>.</summary>
internal sealed class ExternalDataEntries
{
    private const uint Key = (1 << 3) | WireType.Bytes;
    private const uint Value = (2 << 3) | WireType.Bytes;

    /// <summary>The file's path as written; empty if not given.</summary>
    public string Location { get; private set; } = "";

    /// <summary>Bytes from the start of that file.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of data; -1 if not given.</summary>
    public long Length { get; private set; } = -1;

    /// <summary>Reads one more entry; keys of no interest (<c>checksum</c>) are left.</summary>
    public void Read(ProtobufReader reader)
    {
        var position = reader.TagPosition;
        var outer = reader.Enter("TensorProto.external_data");
        var (key, value) = ("", "");
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case Key: key = reader.ReadName(); break;
                case Value: value = reader.ReadName(); break;
                default: reader.Skip(); break;
            }
        }

        switch (key)
        {
            case "location": Location = value; break;
            case "offset": Offset = Number(reader, key, value, position); break;
            case "length": Length = Number(reader, key, value, position); break;
        }

        reader.Leave(outer);
    }

    private static long Number(ProtobufReader reader, string key, string text, long position)
    {
        // At most 18 digits always fit in 64 bits, and are 888 petabytes.
        var number = 0L;
        var isNumber = text.Length is > 0 and <= 18;
        foreach (var digit in text)
        {
            isNumber &= digit is >= '0' and <= '9';
            number = unchecked((number * 10) + (digit - '0'));
        }

        return isNumber
            ? number
            : throw reader.Error("has '" + key + "' of '" + text + "', which is not a number of bytes", position);
    }
}
