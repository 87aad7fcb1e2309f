namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>A look at a tensor that someone else owns.</summary>
internal readonly unsafe ref struct OrtTensorView(OrtApiTable api, nint value)
{
    /// <summary>Highest rank that shapes are read at; no kernel goes near it.</summary>
    public const int MaxRank = 64;

    /// <summary>First byte of the elements; meaningless for text.</summary>
    public nint Address
    {
        get
        {
            void* data;
            OrtStatus.Check(api, api.GetTensorMutableData(value, &data), "GetTensorMutableData");
            return (nint)data;
        }
    }

    /// <summary>Reads element type (ORT's number) and shape.</summary>
    /// <param name="lengths">Room for <see cref="MaxRank"/> lengths.</param>
    /// <param name="elementType">ORT's <c>ONNXTensorElementDataType</c>.</param>
    /// <returns>The rank.</returns>
    public int ReadShape(Span<nint> lengths, out int elementType)
    {
        nint info;
        OrtStatus.Check(api, api.GetTensorTypeAndShape(value, &info), "GetTensorTypeAndShape");
        try
        {
            int type;
            nuint rank;
            OrtStatus.Check(api, api.GetTensorElementType(info, &type), "GetTensorElementType");
            OrtStatus.Check(api, api.GetDimensionsCount(info, &rank), "GetDimensionsCount");
            if (rank > MaxRank) throw new NotSupportedException($"A tensor of rank {rank}; {MaxRank} is the most.");
            var dimensions = stackalloc long[MaxRank];
            OrtStatus.Check(api, api.GetDimensions(info, dimensions, rank), "GetDimensions");
            for (var i = 0; i < (int)rank; i++) lengths[i] = checked((nint)dimensions[i]);
            elementType = type;
            return (int)rank;
        }
        finally
        {
            api.ReleaseTensorTypeAndShapeInfo(info);
        }
    }

    /// <summary>Bytes of all elements of a text tensor together.</summary>
    public nuint TextLength
    {
        get
        {
            nuint length;
            OrtStatus.Check(api, api.GetStringTensorDataLength(value, &length), "GetStringTensorDataLength");
            return length;
        }
    }

    /// <summary>Copies a text tensor's elements, UTF-8 and end to end, and where each starts.</summary>
    public void ReadText(Span<byte> content, Span<nuint> offsets)
    {
        // A null pointer is refused even where there is nothing to write.
        byte none;
        nuint nowhere;
        fixed (byte* bytes = content)
        fixed (nuint* starts = offsets)
        {
            OrtStatus.Check(api, api.GetStringTensorContent(value, bytes == null ? &none : bytes, (nuint)content.Length,
                starts == null ? &nowhere : starts, (nuint)offsets.Length), "GetStringTensorContent");
        }
    }
}
