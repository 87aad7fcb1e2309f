using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_weights.html">Weights</see>:
/// values in memory of the caller. 24 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TrtWeights(TrtDataType type, nint values, long count)
{
    /// <summary>The element type.</summary>
    public readonly TrtDataType Type = type;

    /// <summary>The address of the values; 0 in a prototype.</summary>
    public readonly nint Values = values;

    /// <summary>The number of elements.</summary>
    public readonly long Count = count;
}
