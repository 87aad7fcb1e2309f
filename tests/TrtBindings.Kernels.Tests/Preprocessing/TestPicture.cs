namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>A picture of noise of any format, in host memory, with gaps between its rows.</summary>
internal sealed class TestPicture
{
    private readonly byte[] _bytes;
    private readonly int[] _starts = new int[3];
    private readonly int[] _pitches = new int[3];
    private readonly bool _isBt709;
    private readonly bool _isFullRange;
    private byte[]? _rgb;

    /// <param name="random">Gives pixels, gaps, and the colours of YUV.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="format">A <see cref="PixelFormat"/> or <see cref="FrameFormat"/>.</param>
    /// <param name="gap">The most bytes between two rows.</param>
    public TestPicture(Random random, (int Width, int Height) size, int format, int gap = 9)
    {
        (Width, Height, Format) = (size.Width, size.Height, format);
        (_isBt709, _isFullRange) = (random.Next(2) == 1, random.Next(2) == 1);
        var length = 0;
        for (var plane = 0; plane < 3; plane++)
        {
            var (row, rows) = Plane(plane);
            if (rows == 0) continue;
            _starts[plane] = length;
            _pitches[plane] = row + random.Next(gap + 1);
            // The last row ends with its last pixel, so that a read beyond it is one beyond the memory.
            length += (_pitches[plane] * (rows - 1)) + row;
        }

        _bytes = new byte[length];
        random.NextBytes(_bytes);
    }

    public int Width { get; }

    public int Height { get; }

    public int Format { get; }

    /// <summary>Whether the colours are BT.709's, and whether they use the full range.</summary>
    public (bool IsBt709, bool IsFullRange) Colours => (_isBt709, _isFullRange);

    private int ChromaWidth => (Width + 1) / 2;

    /// <summary>Whether its format is a <see cref="PixelFormat"/>.</summary>
    public bool IsPacked => Format < FrameFormat.Nv12;

    /// <summary>Writes other pixels than its own over all rows but some.</summary>
    /// <param name="buffer">What <see cref="Upload"/> returned.</param>
    /// <param name="rows">The rows that stay.</param>
    /// <returns>Number of rows with other pixels.</returns>
    public int Spoil(DeviceBuffer buffer, RowRun[] rows)
    {
        var stays = new bool[Height];
        foreach (var run in rows)
            for (var group = 0; group < run.Count; group++)
                stays.AsSpan(run.First + (group * run.Period), run.Rows).Fill(true);
        var bytes = _bytes.ToArray();
        for (var y = 0; y < Height; y++)
        {
            if (stays[y]) continue;
            foreach (ref var value in bytes.AsSpan(y * _pitches[0], Plane(0).Row)) value ^= 0xFF;
        }

        buffer.CopyFrom<byte>(bytes);
        return stays.Count(one => !one);
    }

    /// <summary>What the CPU pipeline gets.</summary>
    public ImageMemory ForCpu()
    {
        if (Format < FrameFormat.Nv12) return new(_bytes, Width, Height, (PixelFormat)Format, _pitches[0]);
        if (_rgb is null) YuvConversion.ToRgb(View, _rgb = new byte[Width * Height * 3]);
        return new(_rgb, Width, Height, PixelFormat.Rgb);
    }

    /// <summary>A pixel of YUV in double precision, with the nearest chroma sample.</summary>
    public (double Red, double Green, double Blue) Reference(int x, int y)
    {
        var light = _bytes[(y * _pitches[0]) + x];
        var at = _starts[1] + (y / 2 * _pitches[1]);
        var (u, v) = Format == FrameFormat.Nv12 ? (_bytes[at + (x / 2 * 2)], _bytes[at + (x / 2 * 2) + 1])
            : (_bytes[at + (x / 2)], _bytes[_starts[2] + (y / 2 * _pitches[2]) + (x / 2)]);
        return YuvReference.ToRgb(light, u, v, _isBt709, _isFullRange);
    }

    /// <summary>Copies the picture to the device and says where it is.</summary>
    public DeviceBuffer Upload(KernelSet kernels, out GpuFrame frame)
    {
        var buffer = kernels.Allocate(_bytes.Length);
        buffer.CopyFrom<byte>(_bytes);
        frame = new()
        {
            Format = Format,
            Matrix = _isBt709 ? 1 : 0,
            IsFullRange = _isFullRange ? 1 : 0,
            Width = Width,
            Height = Height,
        };
        for (var plane = 0; plane < 3; plane++)
        {
            if (Plane(plane).Rows == 0) continue;
            frame.Planes[plane] = buffer.Address + _starts[plane];
            frame.Pitches[plane] = _pitches[plane];
        }

        return buffer;
    }

    public override string ToString() => $"{Width} x {Height} "
        + (Format switch { FrameFormat.Nv12 => "NV12", FrameFormat.I420 => "I420", _ => $"{(PixelFormat)Format}" })
        + (Format >= FrameFormat.Nv12 ? $" (709 {_isBt709}, full {_isFullRange})" : "");

    private YuvView View => new()
    {
        Width = Width,
        Height = Height,
        Y = _bytes.AsSpan(0),
        PitchY = _pitches[0],
        U = _bytes.AsSpan(_starts[1]),
        PitchU = _pitches[1],
        V = Format == FrameFormat.I420 ? _bytes.AsSpan(_starts[2]) : [],
        PitchV = _pitches[2],
        IsBt709 = _isBt709,
        IsFullRange = _isFullRange,
    };

    private (int Row, int Rows) Plane(int plane) => (Format, plane) switch
    {
        ( < FrameFormat.Nv12, 0) => (Width * ((PixelFormat)Format).BytesPerPixel(), Height),
        ( < FrameFormat.Nv12, _) => (0, 0),
        (_, 0) => (Width, Height),
        (FrameFormat.Nv12, 1) => (ChromaWidth * 2, (Height + 1) / 2),
        (FrameFormat.I420, _) => (ChromaWidth, (Height + 1) / 2),
        _ => (0, 0),
    };
}
