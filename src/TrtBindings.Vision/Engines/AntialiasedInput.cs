namespace TrtBindings.Vision.Engines;

/// <summary>
/// Writes images into a model's input as <see cref="ImagePreprocessing"/> says. Keeps its buffers. Not thread-safe.
/// </summary>
/// <param name="channels">3, or 1 for brightness.</param>
/// <param name="isChannelsLast">Whether the input is [height, width, channels].</param>
/// <param name="encoding">How 8-bit values become the input's numbers.</param>
/// <param name="filter">Filter of the resize.</param>
internal sealed class AntialiasedInput(int channels, bool isChannelsLast, PixelEncoding encoding, ResizeFilter filter)
{
    private readonly AntialiasedResizer _resizer = new();
    private byte[] _gray = [];
    private float[] _planes = [];

    /// <summary>Writes an image into floats that have the size of the crop.</summary>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    public void Run(ImageView image, in CropGeometry crop, Span<float> destination)
    {
        _resizer.Begin(channels == 1 ? Brightness.Of(image, ref _gray) : image, crop, filter);
        if (channels == 1) WriteGray(destination, crop);
        else if (isChannelsLast) WritePixels(destination, crop);
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
