namespace TrtBindings.Vision.Imaging;

/// <summary>
/// torchvision's first API on 8-bit pixels: torch's antialiased resize on floats of 0 to 255, rounded half to even.
/// </summary>
internal sealed class RoundedResizer(ResizeFilter filter) : PixelResizer
{
    private readonly FloatResizer _floats = FloatResizer.Of(filter, antialiased: true);
    private byte[] _result = [];

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        _floats.Begin(image, crop);
        if (_result.Length < crop.Width * Lanes) _result = new byte[crop.Width * Lanes];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        var row = _floats.Row(image, y, PixelFloats.Identity);
        PixelFloats.Round(row, _result);
        return _result.AsSpan(0, row.Length * Lanes);
    }
}
