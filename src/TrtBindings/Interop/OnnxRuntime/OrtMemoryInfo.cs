namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>ONNX Runtime's <c>OrtMemoryInfo</c> for ordinary memory of the processor.</summary>
internal sealed unsafe class OrtMemoryInfo : OrtHandle
{
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;

    public OrtMemoryInfo(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        Check(Api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, &native), "CreateCpuMemoryInfo");
        SetHandle(native);
    }

    protected override void Free(nint native) => Api.ReleaseMemoryInfo(native);
}
