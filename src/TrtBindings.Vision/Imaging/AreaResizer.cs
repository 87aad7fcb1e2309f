using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes as OpenCV's INTER_AREA on 8-bit pixels, bit for bit. Both factors whole: exact sums. Both at least 1: shares of
/// covered pixels in single precision, each step rounded (<see cref="AreaTable"/>). If a side grows, both sides are bilinear with
/// positions of their own.
/// </summary>
internal sealed class AreaResizer : PixelResizer
{
    private readonly LinearResizer _linear = new(isArea: true);
    private readonly AreaTable _columns = new();
    private readonly AreaTable _rows = new();
    private Vector128<float>[] _line = [];
    private Vector128<float>[] _sums = [];
    private Vector128<int>[] _totals = [];
    private byte[] _result = [];
    private CropGeometry _crop;
    private int _wholeX;
    private int _wholeY;
    private bool _grows;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        var scaleX = LinearWeights.Step(image.Width, crop.ResizedWidth);
        var scaleY = LinearWeights.Step(image.Height, crop.ResizedHeight);
        _crop = crop;
        _grows = scaleX < 1 || scaleY < 1;
        if (_grows)
        {
            _linear.Begin(image, crop);
            return;
        }

        (_wholeX, _wholeY) = (Whole(scaleX), Whole(scaleY));
        if (_line.Length < image.Width) _line = new Vector128<float>[image.Width];
        if (_sums.Length < crop.Width)
        {
            (_sums, _totals) = (new Vector128<float>[crop.Width], new Vector128<int>[crop.Width]);
            _result = new byte[crop.Width * Lanes];
        }

        if (_wholeX > 0 && _wholeY > 0) return;
        _columns.Prepare(image.Width, crop.ResizedWidth, crop.Left, crop.Width);
        _rows.Prepare(image.Height, crop.ResizedHeight, crop.Top, crop.Height);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        if (_grows) return _linear.Row(image, y);
        var sums = _sums.AsSpan(0, _crop.Width);
        if (_wholeX > 0 && _wholeY > 0) SumWhole(image, y, sums);
        else SumShares(image, y, sums);
        PixelFloats.Round(sums, _result);
        return _result.AsSpan(0, _crop.Width * Lanes);
    }

    private void SumWhole(ImageView image, int y, Span<Vector128<float>> sums)
    {
        var totals = _totals.AsSpan(0, sums.Length);
        totals.Clear();
        for (var row = 0; row < _wholeY; row++)
        {
            var line = _line.AsSpan(0, _crop.Width * _wholeX);
            PixelFloats.Read(
                image, ((_crop.Top + y) * _wholeY) + row, _crop.Left * _wholeX, line, PixelFloats.Identity);
            for (var x = 0; x < sums.Length; x++)
                for (var i = 0; i < _wholeX; i++) totals[x] += Vector128.ConvertToInt32(line[(x * _wholeX) + i]);
        }

        // Two by two is rounded half up; all others half to even.
        var isHalf = _wholeX == 2 && _wholeY == 2;
        var share = Vector128.Create(1f / (_wholeX * _wholeY));
        for (var x = 0; x < sums.Length; x++)
        {
            sums[x] = isHalf ? Vector128.ConvertToSingle((totals[x] + Vector128.Create(2)) >> 2)
                : Vector128.ConvertToSingle(totals[x]) * share;
        }
    }

    private void SumShares(ImageView image, int y, Span<Vector128<float>> sums)
    {
        var (first, end) = (_columns.Indices[0], _columns.Indices[_columns.Starts[sums.Length] - 1] + 1);
        var line = _line.AsSpan(0, end - first);
        for (var entry = _rows.Starts[y]; entry < _rows.Starts[y + 1]; entry++)
        {
            PixelFloats.Read(image, _rows.Indices[entry], first, line, PixelFloats.Identity);
            var beta = Vector128.Create(_rows.Weights[entry]);
            for (var x = 0; x < sums.Length; x++)
            {
                var sum = Vector128<float>.Zero;
                for (var i = _columns.Starts[x]; i < _columns.Starts[x + 1]; i++)
                    sum += line[_columns.Indices[i] - first] * Vector128.Create(_columns.Weights[i]);
                sums[x] = entry == _rows.Starts[y] ? beta * sum : sums[x] + (beta * sum);
            }
        }
    }

    private static int Whole(double scale)
    {
        var whole = (int)Math.Round(scale);
        return Math.Abs(scale - whole) < double.BitIncrement(1) - 1 ? whole : 0;
    }
}
