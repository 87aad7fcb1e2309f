using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>Where and how kernels write into a model's input; the layout is that of native/kernels/input.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ResizeTarget
{
    private readonly nint _frames;
    private readonly nint _input;
    private readonly int _width;
    private readonly int _height;
    private readonly int _channels;
    private readonly int _isHalf;
    private readonly int _isChannelsLast;
    private readonly float _divisor;
    private readonly float _reciprocal;
    private readonly float _factor;
    private readonly float _filler;
    private readonly ChannelValues _mean;
    private readonly ChannelValues _deviation;
    private readonly ChannelValues _padding;
    private readonly int _isBgr;

    public ResizeTarget(in GpuTarget target, in InputEncoding encoding)
    {
        (_frames, _input, _width, _height) = (target.Frames, target.Input, target.Width, target.Height);
        (_channels, _isHalf) = (target.Channels, target.IsHalf ? 1 : 0);
        _isChannelsLast = target.IsChannelsLast ? 1 : 0;
        var pixels = encoding.Pixels;
        (_divisor, _reciprocal, _factor) = (pixels.Divisor, pixels.Reciprocal, pixels.Factor);
        (_filler, _mean, _deviation) = (encoding.Filler, pixels.Mean, pixels.Deviation);
        (_padding, _isBgr) = (encoding.Padding, pixels.IsBgr ? 1 : 0);
    }
}
