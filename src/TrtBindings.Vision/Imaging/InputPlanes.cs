using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>The three colour planes of one image in a model's input, written row by row.</summary>
internal readonly ref struct InputPlanes
{
    private readonly Span<float> _red;
    private readonly Span<float> _green;
    private readonly Span<float> _blue;
    private readonly InputPlacement _placement;
    private readonly PixelEncoding _encoding;

    /// <summary>Planes over 3 * height * width floats.</summary>
    public InputPlanes(Span<float> planes, in InputPlacement placement, in PixelEncoding encoding)
    {
        var plane = placement.InputWidth * placement.InputHeight;
        _red = planes.Slice(encoding.IsBgr ? 2 * plane : 0, plane);
        _green = planes.Slice(plane, plane);
        _blue = planes.Slice(encoding.IsBgr ? 0 : 2 * plane, plane);
        _placement = placement;
        _encoding = encoding;
    }

    /// <summary>Writes a row of the resized image, given as 4 bytes a pixel: red, green, blue, unused.</summary>
    public void WriteRow(int y, ReadOnlySpan<byte> pixels)
    {
        var start = ((_placement.Top + y) * _placement.InputWidth) + _placement.Left;
        var width = _placement.Width;
        PlanarFloat.Write(
            pixels, _encoding, _red.Slice(start, width), _green.Slice(start, width), _blue.Slice(start, width));
    }

    /// <summary>
    /// Writes a row of the resized image, given as 4 floats a pixel: red, green, blue, unused, which had the encoding's step
    /// before the mean already.
    /// </summary>
    public void WriteRow(int y, ReadOnlySpan<Vector128<float>> pixels)
    {
        var start = ((_placement.Top + y) * _placement.InputWidth) + _placement.Left;
        var width = _placement.Width;
        PlanarFloat.Write(
            pixels, _encoding, _red.Slice(start, width), _green.Slice(start, width), _blue.Slice(start, width));
    }

    /// <summary>Fills the padding.</summary>
    public void Pad(ChannelValues values)
    {
        Pad(_red, values.Red);
        Pad(_green, values.Green);
        Pad(_blue, values.Blue);
    }

    private void Pad(Span<float> plane, float value)
    {
        var (width, top, left) = (_placement.InputWidth, _placement.Top, _placement.Left);
        var bottom = top + _placement.Height;
        plane[..(top * width)].Fill(value);
        plane[(bottom * width)..].Fill(value);
        if (_placement.Width == width) return;
        for (var y = top; y < bottom; y++)
        {
            var row = plane.Slice(y * width, width);
            row[..left].Fill(value);
            row[(left + _placement.Width)..].Fill(value);
        }
    }
}

/// <summary>Position of a resized image in a model's input; the rest is padding.</summary>
/// <param name="InputWidth">Width of the input.</param>
/// <param name="InputHeight">Height of the input.</param>
/// <param name="Width">Width of the resized image.</param>
/// <param name="Height">Height of the resized image.</param>
/// <param name="Left">Padding on its left.</param>
/// <param name="Top">Padding above it.</param>
internal readonly record struct InputPlacement(
    int InputWidth, int InputHeight, int Width, int Height, int Left = 0, int Top = 0);
