namespace TrtBindings.ModelFiles.Onnx;

/// <summary>The entries of <c>external_data</c> of one tensor.</summary>
internal sealed class ExternalDataEntries
{
    private const uint Key = (1 << 3) | WireType.Bytes;
    private const uint Value = (2 << 3) | WireType.Bytes;

    /// <summary>Path of the file as written; empty if missing.</summary>
    public string Location { get; private set; } = "";

    /// <summary>Offset of the data in the file, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Size of the data in bytes; -1 if missing.</summary>
    public long Length { get; private set; } = -1;

    /// <summary>Reads one entry. Other keys, such as <c>checksum</c>, are ignored.</summary>
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
        // 18 digits always fit into 64 bits and are enough for 888 petabytes.
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
