namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images with weights in fixed point, one axis after the other, each rounded to 8 bits: as Pillow 13 does, whose
/// resize torchvision's and timm's transforms use for PIL pictures, or as torchvision's v2.Resize; see
/// <see cref="AntialiasedRule"/>. The order of the axes changes the result, by up to 46 of 255 on noise. Only the crop is
/// computed, and source rows only when a row of the result needs them.
/// </summary>
internal sealed class AntialiasedResizer(ResizeFilter filter, AntialiasedRule rule = AntialiasedRule.Pillow) : PixelResizer
{
    private readonly AntialiasedWeights _columns = new();
    private readonly AntialiasedWeights _rows = new();
    private readonly WeightedRow _across = new();
    private byte[] _scaled = [];
    private byte[] _line = [];
    private byte[] _result = [];
    private int _pitch;
    private int _next;
    private bool _columnsFirst;

    /// <summary>Whether the height is resized before the width.</summary>
    public static bool ShrinksHeightFirst(AntialiasedRule rule, int width, int height, int newWidth, int newHeight) =>
        rule == AntialiasedRule.Pillow && height > newHeight && height - (long)newHeight > 2 * (width - (long)newWidth);

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        _columnsFirst = ShrinksHeightFirst(rule, image.Width, image.Height, crop.ResizedWidth, crop.ResizedHeight);
        _columns.Prepare(image.Width, crop.ResizedWidth, crop.Left, crop.Width, filter, rule);
        _rows.Prepare(image.Height, crop.ResizedHeight, crop.Top, crop.Height, filter, rule);
        _across.Prepare(_columns, image.Format);
        // Whole vectors are read and written.
        _pitch = ((crop.Width * Lanes) + 15) & ~15;
        var count = _rows.End - _rows.First;
        _next = 0;
        if (_result.Length < _pitch) _result = new byte[_pitch];
        if (_columnsFirst)
        {
            Reserve((_columns.End - _columns.First) * image.Format.BytesPerPixel(), _columns.First);
            return;
        }

        if ((long)(count + 1) * _pitch > Array.MaxLength)
            throw new ImageException($"An image of {image.Width} x {image.Height} is too large to be resized at once.");
        if (_scaled.Length < (count + 1) * _pitch) _scaled = new byte[(count + 1) * _pitch];
    }

    /// <summary>One row of the crop, 4 bytes a pixel: red, green, blue, unused. Valid until the next call.</summary>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        var weights = _rows.Weights.AsSpan(y * _rows.Stride, _rows.Stride);
        var (start, length) = (_rows.Starts[y], _rows.Lengths[y]);
        return _columnsFirst ? ColumnsFirst(image, start, length, weights)
            : RowsFirst(image, start - _rows.First, length, weights);
    }

    private ReadOnlySpan<byte> ColumnsFirst(ImageView image, int start, int length, ReadOnlySpan<int> weights)
    {
        var size = image.Format.BytesPerPixel();
        var bytes = (_columns.End - _columns.First) * size;
        var source = image.Pixels[((start * image.Stride) + (_columns.First * size))..];
        WeightedColumns.Run(source, image.Stride, weights, length, _rows.Bits, _line.AsSpan(0, bytes));
        _across.Run(_line, _columns.First, _result);
        return _result.AsSpan(0, _pitch);
    }

    private ReadOnlySpan<byte> RowsFirst(ImageView image, int start, int length, ReadOnlySpan<int> weights)
    {
        while (_next < start + length) Scale(image);
        var source = _scaled.AsSpan(start * _pitch);
        if (length == 1 && weights[0] == 1 << _rows.Bits) return source[.._pitch];
        WeightedColumns.Run(source, _pitch, weights, length, _rows.Bits, _result.AsSpan(0, _pitch));
        return _result.AsSpan(0, _pitch);
    }

    /// <summary>Resizes the next source row, or the next two, which share the work of reading the weights.</summary>
    private void Scale(ImageView image)
    {
        var y = _rows.First + _next;
        var output = _scaled.AsSpan(_next * _pitch);
        if (y + 1 < _rows.End && _across.ReadsWithin(image, y + 1))
        {
            _across.Run(image.Pixels[(y * image.Stride)..], image.Stride, output, _pitch);
            _next += 2;
            return;
        }

        _next++;
        if (_across.ReadsWithin(image, y))
        {
            _across.Run(image.Pixels[(y * image.Stride)..], 0, output);
            return;
        }

        // Whole vectors are read, and the last ones may lie outside the caller's memory.
        var row = image.Row(y);
        Reserve(row.Length, 0);
        row.CopyTo(_line);
        _across.Run(_line, 0, output);
    }

    /// <summary>Makes room for a row of which memory begins at a pixel, and for what is read beyond its end.</summary>
    private void Reserve(int length, int firstPixel)
    {
        length = Math.Max(length, _across.LengthFrom(firstPixel));
        if (_line.Length < length) _line = new byte[length];
    }
}
