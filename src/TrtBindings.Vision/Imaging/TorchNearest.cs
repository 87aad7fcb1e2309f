using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>torch's <c>nearest</c> and <c>nearest-exact</c>.</summary>
internal sealed class TorchNearest(NearestRule rule) : FloatResizer
{
    private readonly NearestResizer _pixels = new(rule);
    private Vector128<float>[] _result = [];
    private int _width;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        _pixels.Begin(image, crop);
        _width = crop.Width;
        if (_result.Length < _width) _result = new Vector128<float>[_width];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<Vector128<float>> Row(ImageView image, int y, ReadOnlySpan<float> tables)
    {
        var row = new ImageView(_pixels.Row(image, y), _width, 1, PixelFormat.Rgba);
        PixelFloats.Read(row, 0, 0, _result.AsSpan(0, _width), tables);
        return _result.AsSpan(0, _width);
    }
}
