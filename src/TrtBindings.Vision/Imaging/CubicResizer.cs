namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes as OpenCV's INTER_CUBIC on 8-bit pixels without Intel's IPP, bit for bit: 11-bit weights of a cubic with a = -0.75,
/// exact sums along rows; along columns single precision for most of a row and fixed point for its last up to 7 values.
/// </summary>
internal sealed class CubicResizer : PixelResizer
{
    private const int Taps = 4;
    private const float A = -0.75f;

    private readonly int[][] _scaled = [[], [], [], []];
    private readonly int[] _have = new int[Taps];
    private int[] _columns = [];
    private short[] _weights = [];
    private byte[] _result = [];
    private CropGeometry _crop;
    private double _stepY;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        _crop = crop;
        if (_result.Length < crop.Width * Lanes)
        {
            _result = new byte[crop.Width * Lanes];
            (_columns, _weights) = (new int[crop.Width], new short[crop.Width * Taps]);
            for (var i = 0; i < Taps; i++) _scaled[i] = new int[crop.Width * Lanes];
        }

        var stepX = LinearWeights.Step(image.Width, crop.ResizedWidth);
        _stepY = LinearWeights.Step(image.Height, crop.ResizedHeight);
        for (var x = 0; x < crop.Width; x++) _columns[x] = Locate(crop.Left + x, stepX, _weights.AsSpan(x * Taps, Taps));
        Array.Fill(_have, -1);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        Span<short> weights = stackalloc short[Taps];
        var top = Locate(_crop.Top + y, _stepY, weights);
        var (first, second, third, fourth) = (
            Scale(image, top), Scale(image, top + 1), Scale(image, top + 2), Scale(image, top + 3));
        var (red, green, blue) = image.Format.ChannelOffsets();
        ReadOnlySpan<int> places = [red, green, blue];
        // A row of a grey image has one value a pixel, all others have three.
        var channels = image.Format == PixelFormat.Gray ? 1 : 3;
        var floats = (_crop.ResizedWidth * channels) & ~7;
        const float Unit = 1f / (LinearWeights.One * LinearWeights.One);
        var (b0, b1, b2, b3) = (weights[0] * Unit, weights[1] * Unit, weights[2] * Unit, weights[3] * Unit);
        for (var x = 0; x < _crop.Width; x++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var i = (x * Lanes) + channel;
                var (s0, s1, s2, s3) = (first[i], second[i], third[i], fourth[i]);
                var value = ((_crop.Left + x) * channels) + places[channel] < floats
                    ? (int)MathF.Round((s0 * b0) + ((s1 * b1) + ((s2 * b2) + (s3 * b3))))
                    : ((s0 * weights[0]) + (s1 * weights[1]) + (s2 * weights[2]) + (s3 * weights[3]) + (1 << 21)) >> 22;
                _result[i] = (byte)Math.Clamp(value, 0, 255);
            }
        }

        return _result.AsSpan(0, _crop.Width * Lanes);
    }

    /// <summary>The first of four source pixels, and their weights.</summary>
    private static int Locate(int position, double step, Span<short> weights)
    {
        var at = (float)(((position + 0.5) * step) - 0.5);
        var index = (int)MathF.Floor(at);
        var x = at - index;
        var w0 = (((((A * (x + 1)) - (5 * A)) * (x + 1)) + (8 * A)) * (x + 1)) - (4 * A);
        var w1 = ((((A + 2) * x) - (A + 3)) * x * x) + 1;
        var w2 = ((((A + 2) * (1 - x)) - (A + 3)) * (1 - x) * (1 - x)) + 1;
        var w3 = 1f - w0 - w1 - w2;
        (weights[0], weights[1]) = (Rounded(w0), Rounded(w1));
        (weights[2], weights[3]) = (Rounded(w2), Rounded(w3));
        return index - 1;
    }

    private static short Rounded(float weight) => (short)MathF.Round(weight * LinearWeights.One);

    /// <summary>A source row, resized. The four that an output row needs are kept.</summary>
    private int[] Scale(ImageView image, int row)
    {
        row = Math.Clamp(row, 0, image.Height - 1);
        var slot = row & (Taps - 1);
        var output = _scaled[slot];
        if (_have[slot] == row) return output;
        _have[slot] = row;
        var pixels = image.Row(row);
        var size = image.Format.BytesPerPixel();
        var (red, green, blue) = image.Format.ChannelOffsets();
        for (var x = 0; x < _crop.Width; x++)
        {
            var (sumRed, sumGreen, sumBlue) = (0, 0, 0);
            for (var tap = 0; tap < Taps; tap++)
            {
                var at = Math.Clamp(_columns[x] + tap, 0, image.Width - 1) * size;
                var weight = _weights[(x * Taps) + tap];
                sumRed += pixels[at + red] * weight;
                sumGreen += pixels[at + green] * weight;
                sumBlue += pixels[at + blue] * weight;
            }

            (output[x * Lanes], output[(x * Lanes) + 1], output[(x * Lanes) + 2]) = (sumRed, sumGreen, sumBlue);
        }

        return output;
    }
}
