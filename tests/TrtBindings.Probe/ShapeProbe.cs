using System.Runtime.CompilerServices;
using TrtBindings.Shapes;

namespace TrtBindings.Probe;

/// <summary>Generic code over sizes as types, for a test that reads what the JIT makes of it.</summary>
internal static class ShapeProbe
{
    /// <summary>Elements of a 3-channel image.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static nint CountOfImage<THeight, TWidth>(TensorView<float, N<_3>, THeight, TWidth> image)
        where THeight : struct, IDimension
        where TWidth : struct, IDimension => image.FlattenedLength;
}
