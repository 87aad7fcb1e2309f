namespace TrtBindings.ModelFiles.Onnx;

/// <summary>The elements of a short list of integers while its tensor is read.</summary>
internal struct TensorNumbers()
{
    private const uint Int32Data = (5 << 3) | WireType.Bytes;
    private const uint OneInt32 = (5 << 3) | WireType.Varint;
    private const uint Int64Data = (7 << 3) | WireType.Bytes;
    private const uint OneInt64 = (7 << 3) | WireType.Varint;
    private const uint RawData = (9 << 3) | WireType.Bytes;
    private const int MostVarintBytes = 10 * ValueFacts.MostNumbers;

    private long[]? _numbers;
    private int _count;
    private bool _isTooLong;

    /// <summary>
    /// Reads a field with elements. False if it is none, or not one of a short list; it is then still to be skipped.
    /// </summary>
    public bool Read(ProtobufReader reader, uint tag, ElementType type, TensorSize size)
    {
        if (type is not (ElementType.Int64 or ElementType.Int32)) return false;
        if (size.Count is <= 0 or > ValueFacts.MostNumbers) return false;
        switch (tag)
        {
            case OneInt32 or OneInt64:
                Add(reader.ReadVarint());
                return true;
            case Int32Data or Int64Data:
                return ReadPacked(reader);
            case RawData:
                return ReadRaw(reader, type == ElementType.Int64 ? 8 : 4);
            default:
                return false;
        }
    }

    /// <summary>The elements; <see langword="null"/> if they are not as many as the shape has.</summary>
    public readonly long[]? All(TensorSize size)
    {
        if (_numbers is null || _isTooLong || _count != size.Count) return null;
        var all = new long[_count];
        for (var i = 0; i < _count; i++) all[i] = _numbers[i];
        return all;
    }

    private bool ReadPacked(ProtobufReader reader)
    {
        var outer = reader.Enter("TensorProto.data");
        var hasData = reader.HasMore;
        if (reader.HasBytes(MostVarintBytes + 1)) _isTooLong = true;
        else while (reader.HasMore) Add(reader.ReadVarint());
        reader.Leave(outer);
        return hasData;
    }

    private bool ReadRaw(ProtobufReader reader, int bytes)
    {
        var outer = reader.Enter("TensorProto.raw_data");
        var hasData = reader.HasMore;
        if (reader.HasBytes((bytes * ValueFacts.MostNumbers) + 1)) _isTooLong = true;
        while (!_isTooLong && reader.HasBytes(bytes))
        {
            var number = reader.ReadLittleEndian(bytes);
            Add(bytes == 8 ? unchecked((long)number) : unchecked((int)number));
        }

        reader.Leave(outer);
        return hasData;
    }

    private void Add(long number)
    {
        _numbers ??= new long[ValueFacts.MostNumbers];
        if (_count < _numbers.Length) _numbers[_count++] = number;
        else _isTooLong = true;
    }
}
