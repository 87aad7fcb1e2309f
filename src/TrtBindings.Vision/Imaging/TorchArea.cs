using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// torch's <c>area</c>: the mean of the source pixels from floor(i * source / target) to ceil((i + 1) * source / target), a
/// running sum divided by the rows and then by the columns. For a result of one pixel torch adds up in blocks, which differs in
/// the last bits once sums are not exact.
/// </summary>
internal sealed class TorchArea : FloatResizer
{
    private Vector128<float>[] _line = [];
    private Vector128<float>[] _result = [];
    private CropGeometry _crop;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        _crop = crop;
        if (_line.Length < image.Width) _line = new Vector128<float>[image.Width];
        if (_result.Length < crop.Width) _result = new Vector128<float>[crop.Width];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<Vector128<float>> Row(ImageView image, int y, ReadOnlySpan<float> tables)
    {
        var result = _result.AsSpan(0, _crop.Width);
        result.Clear();
        var (top, bottom) = Cell(_crop.Top + y, image.Height, _crop.ResizedHeight);
        var first = Cell(_crop.Left, image.Width, _crop.ResizedWidth).Start;
        var end = Cell(_crop.Left + _crop.Width - 1, image.Width, _crop.ResizedWidth).End;
        for (var row = top; row < bottom; row++)
        {
            PixelFloats.Read(image, row, first, _line.AsSpan(0, end - first), tables);
            for (var x = 0; x < result.Length; x++)
            {
                var (left, right) = Cell(_crop.Left + x, image.Width, _crop.ResizedWidth);
                for (var column = left; column < right; column++) result[x] += _line[column - first];
            }
        }

        var isOne = _crop.ResizedWidth == 1 && _crop.ResizedHeight == 1;
        var rows = Vector128.Create((float)(bottom - top));
        for (var x = 0; x < result.Length; x++)
        {
            var (left, right) = Cell(_crop.Left + x, image.Width, _crop.ResizedWidth);
            var columns = Vector128.Create((float)(right - left));
            result[x] = isOne ? result[x] / (rows * columns) : result[x] / rows / columns;
        }

        return result;
    }

    private static (int Start, int End) Cell(int position, int source, int target) => (
        (int)((long)position * source / target), (int)(((((long)position + 1) * source) + target - 1) / target));
}
