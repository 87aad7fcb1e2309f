using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// torch's <c>bilinear</c> and <c>bicubic</c>, with or without antialiasing: along x, then along y. A bilinear resize without
/// antialiasing to at most 128 pixels of width and height together weighs four pixels at once instead.
/// </summary>
internal sealed class TorchResizer(ResizeFilter filter, bool antialiased) : FloatResizer
{
    private readonly TorchAxis _columns = new();
    private readonly TorchAxis _rows = new();
    private Vector128<float>[] _line = [];
    private Vector128<float>[] _scaled = [];
    private Vector128<float>[] _result = [];
    private bool[] _isScaled = [];
    private int _pitch;
    private bool _isSmall;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        _isSmall = filter == ResizeFilter.Bilinear && !antialiased && TorchAxis.IsSmall(crop);
        _columns.Prepare(image.Width, crop.ResizedWidth, crop.Left, crop.Width, filter, antialiased, _isSmall);
        _rows.Prepare(image.Height, crop.ResizedHeight, crop.Top, crop.Height, filter, antialiased, _isSmall);
        if (_line.Length < image.Width) _line = new Vector128<float>[image.Width];
        if (_result.Length < crop.Width) _result = new Vector128<float>[crop.Width];
        _pitch = _isSmall ? _columns.End - _columns.First : crop.Width;
        var count = _rows.End - _rows.First;
        if ((long)count * _pitch * 16 > Array.MaxLength)
            throw new ImageException($"An image of {image.Width} x {image.Height} is too large to be resized at once.");
        if (_scaled.Length < count * _pitch) _scaled = new Vector128<float>[count * _pitch];
        if (_isScaled.Length < count) _isScaled = new bool[count];
        Array.Clear(_isScaled);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<Vector128<float>> Row(ImageView image, int y, ReadOnlySpan<float> tables)
    {
        var result = _result.AsSpan(0, _columns.Count);
        var indices = _rows.Indices.AsSpan(y * _rows.Stride, _rows.Lengths[y]);
        var weights = _rows.Weights.AsSpan(y * _rows.Stride, _rows.Lengths[y]);
        foreach (var index in indices) Scale(image, index, tables);
        if (_isSmall)
        {
            WeighFour(indices, weights, result);
            return result;
        }

        for (var x = 0; x < result.Length; x++) result[x] = Sum(_scaled, indices, _rows.First, _pitch, x, weights);
        return result;
    }

    private void WeighFour(ReadOnlySpan<int> rows, ReadOnlySpan<float> rowWeights, Span<Vector128<float>> result)
    {
        var upper = _scaled.AsSpan((rows[0] - _rows.First) * _pitch, _pitch);
        var lower = _scaled.AsSpan((rows[1] - _rows.First) * _pitch, _pitch);
        for (var x = 0; x < result.Length; x++)
        {
            var (left, right) = (_columns.Indices[2 * x] - _columns.First, _columns.Indices[(2 * x) + 1] - _columns.First);
            var (wLeft, wRight) = (_columns.Weights[2 * x], _columns.Weights[(2 * x) + 1]);
            var sum = upper[right] * Vector128.Create(rowWeights[0] * wRight);
            sum = Vector128.FusedMultiplyAdd(upper[left], Vector128.Create(rowWeights[0] * wLeft), sum);
            sum = Vector128.FusedMultiplyAdd(lower[left], Vector128.Create(rowWeights[1] * wLeft), sum);
            result[x] = Vector128.FusedMultiplyAdd(lower[right], Vector128.Create(rowWeights[1] * wRight), sum);
        }
    }

    /// <summary>Resizes a source row along x, or reads it as it is for <see cref="WeighFour"/>; once for each image.</summary>
    private void Scale(ImageView image, int row, ReadOnlySpan<float> tables)
    {
        var place = row - _rows.First;
        if (_isScaled[place]) return;
        _isScaled[place] = true;
        var output = _scaled.AsSpan(place * _pitch, _pitch);
        if (_isSmall)
        {
            PixelFloats.Read(image, row, _columns.First, output, tables);
            return;
        }

        PixelFloats.Read(image, row, _columns.First, _line.AsSpan(0, _columns.End - _columns.First), tables);
        for (var x = 0; x < output.Length; x++)
        {
            var (at, length) = (x * _columns.Stride, _columns.Lengths[x]);
            output[x] = Sum(
                _line, _columns.Indices.AsSpan(at, length), _columns.First, 1, 0, _columns.Weights.AsSpan(at, length));
        }
    }

    /// <summary>The weighted sum of pixels, with products and sums fused as torch's code does it.</summary>
    private Vector128<float> Sum(
        Vector128<float>[] pixels, ReadOnlySpan<int> indices, int first, int pitch, int offset, ReadOnlySpan<float> weights)
    {
        ref var origin = ref pixels[offset];
        if (!antialiased)
        {
            // The second product is rounded, and the others are added to it, the first one first.
            var sum = At(ref origin, indices[1]) * Vector128.Create(weights[1]);
            sum = Vector128.FusedMultiplyAdd(At(ref origin, indices[0]), Vector128.Create(weights[0]), sum);
            for (var tap = 2; tap < indices.Length; tap++)
                sum = Vector128.FusedMultiplyAdd(At(ref origin, indices[tap]), Vector128.Create(weights[tap]), sum);
            return sum;
        }

        var total = At(ref origin, indices[0]) * Vector128.Create(weights[0]);
        var grouped = 1 + ((indices.Length - 1) & ~3);
        for (var tap = 1; tap < grouped; tap++) total += At(ref origin, indices[tap]) * Vector128.Create(weights[tap]);
        for (var tap = grouped; tap < indices.Length; tap++)
            total = Vector128.FusedMultiplyAdd(At(ref origin, indices[tap]), Vector128.Create(weights[tap]), total);
        return total;

        Vector128<float> At(ref Vector128<float> from, int index) => Unsafe.Add(ref from, (index - first) * pitch);
    }
}
