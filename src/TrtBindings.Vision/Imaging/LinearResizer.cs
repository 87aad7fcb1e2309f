using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Resizes 8-bit images in one pass. Equals OpenCV's INTER_LINEAR on 8-bit pixels bit for bit: half-pixel centres, 11-bit
/// weights, no antialiasing; see <see cref="LinearWeights"/> and <see cref="VerticalBlend"/>.
/// </summary>
/// <param name="isArea">Whether positions are those of INTER_AREA of a picture of which a side grows.</param>
internal sealed class LinearResizer(bool isArea = false) : PixelResizer
{
    private readonly LinearWeights _columns = new();
    private readonly RowPair<short> _rows = new();
    private byte[] _pixels = [];
    private double _stepY;
    private double _growthY;
    private int _top;

    /// <inheritdoc/>
    public override void Begin(ImageView image, in CropGeometry crop)
    {
        image.ThrowIfEmpty();
        var stepX = LinearWeights.Step(image.Width, crop.ResizedWidth);
        _stepY = LinearWeights.Step(image.Height, crop.ResizedHeight);
        if (crop.Factor > 0) stepX = _stepY = 1 / crop.Factor;
        _growthY = isArea ? crop.ResizedHeight / (double)image.Height : 0;
        var growthX = isArea ? crop.ResizedWidth / (double)image.Width : 0;
        _top = crop.Top;
        _columns.Prepare(image.Width, crop.Left, crop.Width, image.Format.BytesPerPixel(), stepX, growthX);
        // Rounded up, because whole vectors are read and written.
        var lanes = (crop.Width * Lanes + 63) & ~63;
        if (_pixels.Length < lanes) _pixels = new byte[lanes];
        _rows.Begin(lanes);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Row(ImageView image, int y)
    {
        int row, weight0, weight1;
        if (isArea) LinearWeights.OfArea(_top + y, _stepY, _growthY, out row, out weight0, out weight1);
        else LinearWeights.Of(_top + y, _stepY, out row, out weight0, out weight1);
        var upper = Math.Clamp(row, 0, image.Height - 1);
        var lower = Math.Clamp(row + 1, 0, image.Height - 1);
        if (_rows.WantsUpper(upper)) Scale(image, upper, _rows.Upper);
        if (lower != upper && _rows.WantsLower(lower)) Scale(image, lower, _rows.Lower);
        VerticalBlend.Run(_rows.Upper, lower == upper ? _rows.Upper : _rows.Lower, weight0, weight1, _pixels);
        return _pixels;
    }

    private void Scale(ImageView image, int y, Span<short> output)
    {
        var row = image.Row(y);
        var (red, green, blue) = image.Format.ChannelOffsets();
        var next = image.Format.BytesPerPixel();
        var done = ScaleVectors(row, red, green, blue, next, output);
        for (var x = done; x < _columns.Count; x++)
        {
            var left = _columns.Offsets[x];
            // At the right edge there is no second pixel, and its weight is 0.
            var right = left + next < row.Length ? left + next : left;
            var (weight0, weight1) = (_columns.Weights[2 * x], _columns.Weights[(2 * x) + 1]);
            var lane = output.Slice(x * Lanes, Lanes);
            lane[0] = (short)(((row[left + red] * weight0) + (row[right + red] * weight1)) >> 4);
            lane[1] = (short)(((row[left + green] * weight0) + (row[right + green] * weight1)) >> 4);
            lane[2] = (short)(((row[left + blue] * weight0) + (row[right + blue] * weight1)) >> 4);
            lane[3] = 0;
        }
    }

    /// <summary>
    /// Scales two pixels at a time, while the 8 bytes from a left pixel on are inside the row. Returns the number of pixels.
    /// </summary>
    private int ScaleVectors(
        ReadOnlySpan<byte> row, int red, int green, int blue, int next, Span<short> output)
    {
        if (!Vector128.IsHardwareAccelerated || !BitConverter.IsLittleEndian) return 0;
        var count = _columns.CountWithRoom(row.Length, sizeof(ulong)) & ~1;
        if (output.Length < count * Lanes) throw new ArgumentException("The row buffer is too short.", nameof(output));
        var pairs = Pairs(red, green, blue, next);
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var target = ref MemoryMarshal.GetReference(output);
        ref var offsets = ref MemoryMarshal.GetArrayDataReference(_columns.Offsets);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_columns.Weights);
        for (var x = 0; x < count; x += 2)
        {
            var first = Pixel(ref source, Unsafe.Add(ref offsets, x), pairs, ref Unsafe.Add(ref weights, 2 * x));
            var second = Pixel(
                ref source, Unsafe.Add(ref offsets, x + 1), pairs, ref Unsafe.Add(ref weights, (2 * x) + 2));
            Vector128.NarrowWithSaturation(first, second).StoreUnsafe(ref target, (nuint)(x * Lanes));
        }

        return count;
    }

    /// <summary>
    /// The shuffle that turns the bytes of two neighbouring pixels into 16-bit pairs, left and right, of red, green and blue.
    /// Byte 15 of the loaded vector is always zero.
    /// </summary>
    private static Vector128<byte> Pairs(int red, int green, int blue, int next)
    {
        const byte Zero = 15;
        return Vector128.Create(
            (byte)red, Zero, (byte)(red + next), Zero, (byte)green, Zero, (byte)(green + next), Zero,
            (byte)blue, Zero, (byte)(blue + next), Zero, Zero, Zero, Zero, Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Pixel(ref byte row, int offset, Vector128<byte> pairs, ref short weights)
    {
        // Not through Vector64, which the compiler stores to the stack and loads back.
        var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, offset))).AsByte();
        var values = Vector128.ShuffleNative(bytes, pairs).AsInt16();
        var factors = Vector128.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref weights))).AsInt16();
        return MultiplyAddPairs(values, factors) >> 4;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> MultiplyAddPairs(Vector128<short> values, Vector128<short> factors)
    {
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(values, factors);
        // No value is negative, so the lower half of a pair needs no sign extension.
        var (left, right) = (values.AsInt32(), factors.AsInt32());
        var low = Vector128.Create(0xFFFF);
        return ((left & low) * (right & low)) + ((left >>> 16) * (right >>> 16));
    }
}
