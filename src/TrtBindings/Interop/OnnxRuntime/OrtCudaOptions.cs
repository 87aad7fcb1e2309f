using System.Runtime.InteropServices;

namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>
/// ONNX Runtime's <c>OrtCUDAProviderOptionsV2</c>. Making one proves nothing; the first <see cref="Set"/> loads the
/// provider's library, and fails where that cannot work.
/// </summary>
internal sealed unsafe class OrtCudaOptions : OrtHandle
{
    public OrtCudaOptions(OrtLibrary library)
        : base(library, null)
    {
        nint native;
        Check(Api.CreateCudaProviderOptions(&native), "CreateCUDAProviderOptions");
        SetHandle(native);
    }

    /// <summary>Sets one option by ONNX Runtime's name.</summary>
    /// <exception cref="OnnxRuntimeException">The provider cannot be loaded, or refuses name or value.</exception>
    public void Set(string key, string value)
    {
        var name = (byte*)Marshal.StringToCoTaskMemUTF8(key);
        var text = (byte*)Marshal.StringToCoTaskMemUTF8(value);
        try
        {
            Check(Api.UpdateCudaProviderOptions(handle, &name, &text, 1), "UpdateCUDAProviderOptions");
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)name);
            Marshal.FreeCoTaskMem((nint)text);
        }
    }

    protected override void Free(nint native) => Api.ReleaseCudaProviderOptions(native);
}
