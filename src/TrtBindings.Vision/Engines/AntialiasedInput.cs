using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision.Engines;

/// <summary>
/// Brings pictures into a model's input with antialiasing: resized as Pillow does it, a part cut out, encoded. A model of one
/// channel gets brightness, made before the resize. Keeps its buffers. Not thread-safe.
/// </summary>
internal sealed class AntialiasedInput(ImageInput input, PixelEncoding encoding, ResizeFilter filter)
{
    private readonly AntialiasedResizer _resizer = new();
    private byte[] _gray = [];
    private float[] _planes = [];

    /// <summary>Fills the place of one image, as large as the crop.</summary>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    public void Run(ImageView image, in CropGeometry crop, Span<float> destination)
    {
        _resizer.Begin(input.Channels == 1 ? Brightness.Of(image, ref _gray) : image, crop, filter);
        if (input.Channels == 1) WriteGray(destination, crop);
        else if (input.IsChannelsLast) WritePixels(destination, crop);
        else WritePlanes(destination, crop);
    }

    private void WritePlanes(Span<float> destination, in CropGeometry crop)
    {
        var placement = new InputPlacement(crop.Width, crop.Height, crop.Width, crop.Height);
        var planes = new InputPlanes(destination, placement, encoding);
        for (var y = 0; y < crop.Height; y++) planes.WriteRow(y, _resizer.Row(y));
    }

    private void WritePixels(Span<float> destination, in CropGeometry crop)
    {
        var width = crop.Width;
        if (_planes.Length < 3 * width) _planes = new float[3 * width];
        var first = _planes.AsSpan(0, width);
        var second = _planes.AsSpan(width, width);
        var third = _planes.AsSpan(2 * width, width);
        var red = encoding.IsBgr ? third : first;
        var blue = encoding.IsBgr ? first : third;
        for (var y = 0; y < crop.Height; y++)
        {
            PlanarFloat.Write(_resizer.Row(y), encoding, red, second, blue);
            var line = destination.Slice(3 * y * width, 3 * width);
            for (var x = 0; x < width; x++)
                (line[3 * x], line[(3 * x) + 1], line[(3 * x) + 2]) = (first[x], second[x], third[x]);
        }
    }

    private void WriteGray(Span<float> destination, in CropGeometry crop)
    {
        for (var y = 0; y < crop.Height; y++)
        {
            var row = _resizer.Row(y);
            var line = destination.Slice(y * crop.Width, crop.Width);
            for (var x = 0; x < line.Length; x++)
                line[x] = ((row[4 * x] / encoding.Divisor) - encoding.Mean.Red) / encoding.Deviation.Red;
        }
    }
}
