namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IHostMemory</c>: bytes that TensorRT made.</summary>
internal sealed unsafe class TrtHostMemory : TrtHandle
{
    private readonly TrtHostMemoryCalls _calls;
    private readonly nint _self;

    /// <summary>Takes bytes over.</summary>
    public TrtHostMemory(TrtLibrary library, nint native, TrtHandle? parent)
        : base(library, native, parent)
    {
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Where the bytes are, until this is disposed.</summary>
    public nint Data => _calls.Data(_self);

    /// <summary>How many there are.</summary>
    public long Size => (long)_calls.Size(_self);

    /// <summary>What the bytes are elements of.</summary>
    public TrtDataType Type => (TrtDataType)_calls.Type(_self);

    /// <summary>Reads the bytes; the stream must be done with before this is disposed.</summary>
    public UnmanagedMemoryStream OpenRead() => new((byte*)Data, Size);
}
