using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_interface_info.html">
/// InterfaceInfo</see>: name and version of a class that the application implements.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TrtInterfaceInfo
{
    /// <summary>The name of the class: UTF-8 that ends with 0.</summary>
    public byte* Kind;

    /// <summary>Major version of the class.</summary>
    public int Major;

    /// <summary>Minor version of the class.</summary>
    public int Minor;
}
