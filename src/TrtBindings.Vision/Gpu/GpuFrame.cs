using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>
/// One picture of a run, as kernels read it: where its pixels are, and where it lies in the model's input. The layout is that of
/// native/kernels/frame.h.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpuFrame
{
    /// <summary>Addresses of the planes; 0 where the picture has none.</summary>
    public Three<nint> Planes;

    /// <summary>Bytes from one row of a plane to the next.</summary>
    public Three<int> Pitches;

    /// <summary>A <see cref="PixelFormat"/>, or a YUV format of native/kernels/frame.h.</summary>
    public int Format;

    /// <summary>0 for BT.601, 1 for BT.709.</summary>
    public int Matrix;

    /// <summary>1 if Y is 0 to 255.</summary>
    public int IsFullRange;

    /// <summary>Width of the picture; 0 for a place in a fixed batch that no picture fills.</summary>
    public int Width;

    public int Height;

    public int InputWidth;

    public int InputHeight;

    public int ScaledWidth;

    public int ScaledHeight;

    public int Left;

    public int Top;

    /// <summary>Input pixels for one pixel of the picture.</summary>
    public float GainX;

    public float GainY;

    /// <summary>What a family adds; the last one is the resize's.</summary>
    public Four<int> Extra;

    /// <summary>What a family adds; the last one is the resize's.</summary>
    public Four<float> Factors;

    /// <summary>
    /// Source pixels for each output pixel, x then y; <see cref="Preprocessing.LinearGpuResizer"/> writes them.
    /// </summary>
    public Two<double> Steps;

    [InlineArray(2)]
    internal struct Two<T>
    {
        private T _first;
    }

    [InlineArray(3)]
    internal struct Three<T>
    {
        private T _first;
    }

    [InlineArray(4)]
    internal struct Four<T>
    {
        private T _first;
    }
}
