namespace TrtBindings.Vision;

/// <summary>Brings pictures into a classification model's input. Keeps its buffers. Not thread-safe.</summary>
internal sealed class ClassificationPreprocessor(ClassificationPreprocessing rules, ImageInput input)
{
    private readonly AntialiasedResizer _resizer = new();
    private readonly PixelEncoding _encoding = rules.Encoding;
    private byte[] _gray = [];
    private float[] _planes = [];

    /// <summary>Fills the place of one image.</summary>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    public void Run(ImageView image, Span<float> destination)
    {
        image.ThrowIfEmpty();
        var crop = rules.Crop(image.Width, image.Height, input.Width, input.Height);
        _resizer.Begin(input.Channels == 1 ? Brightness.Of(image, ref _gray) : image, crop, rules.Filter);
        if (input.Channels == 1) WriteGray(destination);
        else if (input.IsChannelsLast) WritePixels(destination);
        else WritePlanes(destination);
    }

    private void WritePlanes(Span<float> destination)
    {
        var placement = new InputPlacement(input.Width, input.Height, input.Width, input.Height);
        var planes = new InputPlanes(destination, placement, _encoding);
        for (var y = 0; y < input.Height; y++) planes.WriteRow(y, _resizer.Row(y));
    }

    private void WritePixels(Span<float> destination)
    {
        var width = input.Width;
        if (_planes.Length < 3 * width) _planes = new float[3 * width];
        var first = _planes.AsSpan(0, width);
        var second = _planes.AsSpan(width, width);
        var third = _planes.AsSpan(2 * width, width);
        var red = _encoding.IsBgr ? third : first;
        var blue = _encoding.IsBgr ? first : third;
        for (var y = 0; y < input.Height; y++)
        {
            PlanarFloat.Write(_resizer.Row(y), _encoding, red, second, blue);
            var line = destination.Slice(3 * y * width, 3 * width);
            for (var x = 0; x < width; x++)
                (line[3 * x], line[(3 * x) + 1], line[(3 * x) + 2]) = (first[x], second[x], third[x]);
        }
    }

    private void WriteGray(Span<float> destination)
    {
        for (var y = 0; y < input.Height; y++)
        {
            var row = _resizer.Row(y);
            var line = destination.Slice(y * input.Width, input.Width);
            for (var x = 0; x < line.Length; x++)
                line[x] = ((row[4 * x] / _encoding.Divisor) - _encoding.Mean.Red) / _encoding.Deviation.Red;
        }
    }
}
