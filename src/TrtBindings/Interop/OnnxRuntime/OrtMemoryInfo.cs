namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtMemoryInfo</c>: which memory an address is of.</summary>
internal sealed unsafe class OrtMemoryInfo : OrtHandle
{
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;

    /// <summary>Ordinary memory of the processor.</summary>
    public OrtMemoryInfo(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        Check(Api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, &native), "CreateCpuMemoryInfo");
        SetHandle(native);
    }

    /// <summary>Memory of a GPU.</summary>
    /// <param name="library">The library.</param>
    /// <param name="device">The GPU's place in CUDA's order.</param>
    public OrtMemoryInfo(OrtLibrary library, int device)
        : base(library, null)
    {
        nint native;
        // The name is that of ONNX Runtime's CUDA allocator.
        fixed (byte* name = "Cuda\0"u8)
            Check(Api.CreateMemoryInfo(name, DeviceAllocator, device, DefaultMemory, &native), "CreateMemoryInfo");
        SetHandle(native);
    }

    protected override void Free(nint native) => Api.ReleaseMemoryInfo(native);
}
