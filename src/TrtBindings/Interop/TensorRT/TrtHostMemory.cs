using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_host_memory.html">
/// IHostMemory</see>: bytes that TensorRT allocated.
/// </summary>
internal sealed unsafe class TrtHostMemory : TrtHandle
{
    private readonly TrtHostMemoryCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of native memory.</summary>
    public TrtHostMemory(TrtLibrary library, nint native, TrtHandle? parent)
        : base(library, native, parent)
    {
        var target = TrtTarget.OfImplementation(native, library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>The address of the bytes; valid until this object is disposed.</summary>
    public nint Data => _calls.Data(_self);

    /// <summary>The number of bytes.</summary>
    public long Size => (long)_calls.Size(_self);

    /// <summary>A stream over the bytes. Finish reading before this object is disposed.</summary>
    public UnmanagedMemoryStream OpenRead() => new((byte*)Data, Size);
}
