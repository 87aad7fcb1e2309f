namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtValue</c>, always a tensor here.</summary>
internal sealed unsafe class OrtValue : OrtHandle
{
    private OrtValue(OrtLibrary library)
        : base(library, null)
    {
    }

    /// <summary>A tensor over memory that stays the caller's and must outlive every use of the value.</summary>
    /// <param name="memory">Which memory it is.</param>
    /// <param name="address">First byte; not 0.</param>
    /// <param name="byteLength">Bytes in use.</param>
    /// <param name="lengths">The shape.</param>
    /// <param name="elementType">ORT's <c>ONNXTensorElementDataType</c>.</param>
    public static OrtValue Over(
        OrtMemoryInfo memory, nint address, nint byteLength, ReadOnlySpan<nint> lengths, int elementType)
    {
        var value = new OrtValue(memory.Library);
        nint native;
        var dimensions = stackalloc long[lengths.Length];
        for (var i = 0; i < lengths.Length; i++) dimensions[i] = lengths[i];
        value.Check(value.Api.CreateTensorWithDataAsOrtValue(memory.Raw, (void*)address, (nuint)byteLength,
            dimensions, (nuint)lengths.Length, elementType, &native), "CreateTensorWithDataAsOrtValue");
        value.SetHandle(native);
        return value;
    }

    /// <summary>A tensor in memory of the library, which text needs.</summary>
    public static OrtValue Allocate(OrtLibrary library, ReadOnlySpan<nint> lengths, int elementType)
    {
        var value = new OrtValue(library);
        nint native;
        var dimensions = stackalloc long[lengths.Length];
        for (var i = 0; i < lengths.Length; i++) dimensions[i] = lengths[i];
        value.Check(value.Api.CreateTensorAsOrtValue(
            library.Allocator, dimensions, (nuint)lengths.Length, elementType, &native), "CreateTensorAsOrtValue");
        value.SetHandle(native);
        return value;
    }

    /// <summary>Makes room for one element of a text tensor, to be filled at once. Bytes of value zero are allowed.</summary>
    public Span<byte> TextElement(int index, int byteLength)
    {
        byte* buffer;
        Check(Api.GetResizedStringTensorElementBuffer(handle, (nuint)index, (nuint)byteLength, &buffer),
            "GetResizedStringTensorElementBuffer");
        return new(buffer, byteLength);
    }

    protected override void Free(nint native) => Api.ReleaseValue(native);
}
