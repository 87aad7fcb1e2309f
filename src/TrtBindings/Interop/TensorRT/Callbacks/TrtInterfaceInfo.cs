using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>InterfaceInfo</c>: what an object of the application says that it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TrtInterfaceInfo
{
    /// <summary>The class, UTF-8 that ends with 0.</summary>
    public byte* Kind;

    /// <summary>The version of the class.</summary>
    public int Major;

    /// <summary>The version of the class.</summary>
    public int Minor;
}
