using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>Weights</c>: values in memory that the caller keeps, 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TrtWeights(TrtDataType type, nint values, long count)
{
    /// <summary>Element type.</summary>
    public readonly TrtDataType Type = type;

    /// <summary>Where the values are; 0 in a prototype.</summary>
    public readonly nint Values = values;

    /// <summary>Number of elements.</summary>
    public readonly long Count = count;
}
