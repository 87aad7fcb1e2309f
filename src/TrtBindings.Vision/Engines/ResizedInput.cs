namespace TrtBindings.Vision.Engines;

/// <summary>
/// Writes images into a model's input as <see cref="ImagePreprocessing"/> says. Keeps its buffers. Not thread-safe.
/// </summary>
/// <param name="channels">3, or 1 for brightness.</param>
/// <param name="isChannelsLast">Whether the input is [height, width, channels].</param>
/// <param name="preprocessing">The resize, and how 8-bit values become the input's numbers.</param>
internal sealed class ResizedInput(int channels, bool isChannelsLast, ImagePreprocessing preprocessing)
{
    private readonly PixelEncoding _encoding = preprocessing.Encoding;
    private readonly PixelResizer? _resizer = preprocessing.PixelResizer();
    private readonly FloatResizer? _floats = preprocessing.FloatResizer();
    private readonly float[] _tables = Tables(preprocessing.Encoding);
    private byte[] _gray = [];
    private float[] _planes = [];

    /// <summary>Writes an image into floats that have the size of the crop.</summary>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    public void Run(ImageView image, in CropGeometry crop, Span<float> destination)
    {
        if (channels == 1) image = Brightness.Of(image, ref _gray);
        _resizer?.Begin(image, crop);
        _floats?.Begin(image, crop);
        var (width, height) = (crop.Width, crop.Height);
        if (channels == 3 && !isChannelsLast)
        {
            var planes = new InputPlanes(destination, new(width, height, width, height), _encoding);
            for (var y = 0; y < height; y++) WriteRow(image, y, y, planes);
            return;
        }

        if (_planes.Length < 3 * width) _planes = new float[3 * width];
        var own = _planes.AsSpan(0, 3 * width);
        var row = new InputPlanes(own, new(width, 1, width, 1), _encoding);
        for (var y = 0; y < height; y++)
        {
            WriteRow(image, y, 0, row);
            // Red, green and blue of a grey picture are equal; red's mean and deviation are those of the channel.
            if (channels == 1) own.Slice(_encoding.IsBgr ? 2 * width : 0, width).CopyTo(destination[(y * width)..]);
            else Interleave(own, destination.Slice(3 * y * width, 3 * width));
        }
    }

    /// <summary>Writes an image into a part of the input and a grey into the rest.</summary>
    /// <param name="image">The image.</param>
    /// <param name="geometry">Where it goes.</param>
    /// <param name="grey">The grey, in 0 to 255.</param>
    /// <param name="destination">Planes of the size of the input.</param>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    public void Run(ImageView image, in LetterboxGeometry geometry, byte grey, Span<float> destination)
    {
        if (channels == 1) image = Brightness.Of(image, ref _gray);
        var crop = CropGeometry.Stretched(geometry.ScaledWidth, geometry.ScaledHeight);
        _resizer?.Begin(image, crop);
        _floats?.Begin(image, crop);
        var plane = destination.Length / channels;
        if (channels == 1 && _planes.Length < 3 * plane) _planes = new float[3 * plane];
        var all = channels == 1 ? _planes.AsSpan(0, 3 * plane) : destination;
        var planes = new InputPlanes(all, geometry.Placement, _encoding);
        planes.Pad(_encoding.Of(grey));
        for (var y = 0; y < crop.Height; y++) WriteRow(image, y, y, planes);
        if (channels == 1) all.Slice(_encoding.IsBgr ? 2 * plane : 0, plane).CopyTo(destination);
    }

    private static float[] Tables(in PixelEncoding encoding)
    {
        var tables = new float[3 * 256];
        encoding.FillStarts(tables);
        return tables;
    }

    private static void Interleave(ReadOnlySpan<float> planes, Span<float> line)
    {
        var width = planes.Length / 3;
        for (var x = 0; x < width; x++)
            (line[3 * x], line[(3 * x) + 1], line[(3 * x) + 2]) = (planes[x], planes[width + x], planes[(2 * width) + x]);
    }

    private void WriteRow(ImageView image, int y, int to, InputPlanes planes)
    {
        if (_floats is not null) planes.WriteRow(to, _floats.Row(image, y, _tables));
        else planes.WriteRow(to, _resizer!.Row(image, y));
    }
}
