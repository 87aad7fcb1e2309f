using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>
/// Resizes logits, then takes the best class of each pixel; of equal classes the first. Bilinear with half-pixel centres, corners
/// not aligned, as torch's <c>interpolate</c>. Keeps its buffers. Not thread-safe.
/// </summary>
/// <remarks>
/// A pixel lies between four points of the grid, and its logits are weighted means of theirs. A class that is best at all four is
/// also best at the pixel, so only pixels at borders are computed class by class. Each row of the grid is read once, from top to
/// bottom, and is still in the cache when the pixels at borders need it.
/// </remarks>
internal sealed class ClassMapDecoder
{
    private readonly RowPair<byte> _rows = new();
    private readonly BlendedClasses _blended = new();
    private byte[] _isMixed = [];
    private byte[] _line = [];
    private int[] _pixels = [];
    private int[] _columns = [];
    private float[] _fractions = [];

    /// <summary>Writes the class of every pixel of a map.</summary>
    /// <param name="logits">The model's output.</param>
    /// <param name="threshold">For one plane: a pixel above this is 1, any other 0.</param>
    /// <param name="map">Takes the classes, row after row.</param>
    /// <param name="width">Width of the map.</param>
    /// <param name="height">Height of the map.</param>
    public void Decode(in SegmentationLogits logits, float threshold, Span<byte> map, int width, int height)
    {
        var plane = logits.Width * logits.Height;
        if (width == logits.Width && height == logits.Height)
        {
            GridClasses.Find(logits.Values, plane, logits.Classes, threshold, map[..plane]);
            return;
        }

        Begin(logits.Width, width);
        var step = logits.Height / (float)height;
        for (var y = 0; y < height;)
        {
            BilinearTap.Locate(y, step, logits.Height, out var row, out _);
            Compare(logits, row, threshold);
            var mixed = Spread(width);
            var end = y;
            // When enlarging, several rows of pixels lie between the same rows of the grid.
            for (var next = row; next == row; BilinearTap.Locate(end, step, logits.Height, out next, out _))
            {
                _line.AsSpan(0, width).CopyTo(map.Slice(end++ * width, width));
                if (end == height) break;
            }

            for (var first = 0; first < mixed; first += BlendedClasses.Most)
            {
                var pixels = _pixels.AsSpan(first, Math.Min(BlendedClasses.Most, mixed - first));
                _blended.Prepare(logits, row, pixels, _columns, _fractions);
                for (var i = y; i < end; i++)
                {
                    BilinearTap.Locate(i, step, logits.Height, out _, out var fraction);
                    Blend(fraction, threshold, pixels, map.Slice(i * width, width));
                }
            }

            y = end;
        }
    }

    private void Begin(int gridWidth, int width)
    {
        // Whole vectors are read, also from one point further on.
        var padded = gridWidth + 1 + Vector256<byte>.Count;
        _rows.Begin(padded);
        if (_isMixed.Length < padded) _isMixed = new byte[padded];
        if (_line.Length < width)
            (_line, _pixels, _columns, _fractions) = (new byte[width], new int[width + 1], new int[width], new float[width]);
        var step = gridWidth / (float)width;
        for (var x = 0; x < width; x++) BilinearTap.Locate(x, step, gridWidth, out _columns[x], out _fractions[x]);
    }

    /// <summary>Marks the columns of the grid whose class differs from a neighbour's to the right or below.</summary>
    private void Compare(in SegmentationLogits logits, int row, float threshold)
    {
        var next = Math.Min(row + 1, logits.Height - 1);
        if (_rows.WantsUpper(row)) FindRow(logits, row, threshold, _rows.Upper);
        if (_rows.WantsLower(next)) FindRow(logits, next, threshold, _rows.Lower);
        ref var upper = ref MemoryMarshal.GetArrayDataReference(_rows.Upper);
        ref var lower = ref MemoryMarshal.GetArrayDataReference(_rows.Lower);
        ref var isMixed = ref MemoryMarshal.GetArrayDataReference(_isMixed);
        for (nuint x = 0; x < (nuint)logits.Width; x += (nuint)Vector256<byte>.Count)
        {
            var label = Vector256.LoadUnsafe(ref upper, x);
            var isShared = Vector256.Equals(label, Vector256.LoadUnsafe(ref upper, x + 1))
                & Vector256.Equals(label, Vector256.LoadUnsafe(ref lower, x))
                & Vector256.Equals(label, Vector256.LoadUnsafe(ref lower, x + 1));
            Vector256.AndNot(Vector256.Create((byte)1), isShared).StoreUnsafe(ref isMixed, x);
        }
    }

    private static void FindRow(in SegmentationLogits logits, int row, float threshold, Span<byte> classes)
    {
        var width = logits.Width;
        GridClasses.Find(logits.Values[(row * width)..], width * logits.Height, logits.Classes, threshold, classes[..width]);
        // The last column is its own neighbour.
        classes[width] = classes[width - 1];
    }

    /// <summary>Writes a row of pixels and lists those between different classes.
    /// Returns how many there are.</summary>
    private int Spread(int width)
    {
        var line = _line.AsSpan(0, width);
        var columns = _columns.AsSpan(0, width);
        var (classes, isMixed, pixels) = (_rows.Upper, _isMixed, _pixels);
        var count = 0;
        for (var x = 0; x < line.Length; x++)
        {
            var column = columns[x];
            line[x] = classes[column];
            // Without a branch, which the processor could not predict: the entry is overwritten unless it counts.
            pixels[count] = x;
            count += isMixed[column];
        }

        return count;
    }

    private void Blend(float fraction, float threshold, ReadOnlySpan<int> pixels, Span<byte> line)
    {
        Span<byte> classes = stackalloc byte[BlendedClasses.Most];
        _blended.Find(fraction, threshold, classes[..pixels.Length]);
        for (var i = 0; i < pixels.Length; i++) line[pixels[i]] = classes[i];
    }
}
