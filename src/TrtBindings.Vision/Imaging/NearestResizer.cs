namespace TrtBindings.Vision.Imaging;

/// <summary>Resizes by taking one source pixel for each output pixel.</summary>
/// <param name="rule">Which pixel.</param>
internal sealed class NearestResizer(NearestRule rule) : PixelResizer
{
    private int[] _columns = [];
    private int[] _rows = [];
    private byte[] _result = [];
    private int _width;

    /// <summary>Fills the source pixels of a range of outputs.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="source">Source pixels of the axis.</param>
    /// <param name="target">Output pixels of the axis.</param>
    /// <param name="first">First output of the range.</param>
    /// <param name="indices">Takes the source pixels.</param>
    /// <param name="isSmall">Whether the target's sides are at most 128 together.</param>
    public static void Locate(NearestRule rule, int source, int target, int first, Span<int> indices, bool isSmall)
    {
        var step = rule == NearestRule.OpenCv ? LinearWeights.Step(source, target) : source / (double)target;
        var scale = source / (float)target;
        var fixedStep = (((long)source << 16) + (target / 2)) / target;
        var sum = step * 0.5;
        if (rule == NearestRule.RunningSum)
            for (var x = 0; x < first; x++) sum += step;
        for (var i = 0; i < indices.Length; i++)
        {
            var x = first + i;
            var at = rule switch
            {
                NearestRule.OpenCv => (int)Math.Floor(x * step),
                NearestRule.OpenCvExact => (int)(((fixedStep * x) + (fixedStep / 2) - (source % 2)) >> 16),
                NearestRule.RunningSum => (int)Math.Floor(sum),
                NearestRule.Torch => (int)MathF.Floor(x * scale),
                _ when isSmall => (int)MathF.Floor((x + 0.5f) * scale),
                _ => (int)MathF.Floor(MathF.Max(MathF.FusedMultiplyAdd(x + 0.5f, scale, -0.5f), 0) + 0.5f),
            };
            indices[i] = Math.Clamp(at, 0, source - 1);
            sum += step;
        }
    }

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        if (_columns.Length < crop.Width) (_columns, _result) = (new int[crop.Width], new byte[crop.Width * Lanes]);
        if (_rows.Length < crop.Height) _rows = new int[crop.Height];
        var isSmall = TorchAxis.IsSmall(crop);
        Locate(rule, image.Width, crop.ResizedWidth, crop.Left, _columns.AsSpan(0, crop.Width), isSmall);
        Locate(rule, image.Height, crop.ResizedHeight, crop.Top, _rows.AsSpan(0, crop.Height), isSmall);
        _width = crop.Width;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        var row = image.Row(_rows[y]);
        var size = image.Format.BytesPerPixel();
        var (red, green, blue) = image.Format.ChannelOffsets();
        for (var x = 0; x < _width; x++)
        {
            var at = _columns[x] * size;
            (_result[4 * x], _result[(4 * x) + 1], _result[(4 * x) + 2]) = (row[at + red], row[at + green], row[at + blue]);
        }

        return _result.AsSpan(0, _width * Lanes);
    }
}

/// <summary>How a library finds the source pixel of an output pixel.</summary>
internal enum NearestRule
{
    /// <summary>OpenCV's INTER_NEAREST: floor(x * scale), where scale is the reciprocal of a reciprocal.</summary>
    OpenCv,
    /// <summary>OpenCV 4's INTER_NEAREST_EXACT: 16-bit fixed point.</summary>
    OpenCvExact,
    /// <summary>Pillow's NEAREST: the position is a running sum, whose rounding errors decide ties.</summary>
    RunningSum,
    /// <summary>torch's nearest: floor(x * scale) in single precision.</summary>
    Torch,
    /// <summary>torch's nearest-exact, which has another formula for small targets.</summary>
    TorchExact,
}
