using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Makes the masks of what was found with kernels: what <see cref="MaskDecoder"/> does. The bits of all pictures lie in one
/// buffer, which has room for a share of all pixels and grows if that was not enough.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="isModelSpace">Whether masks are in pixels of the model's input.</param>
/// <param name="toHost">Whether the bits are copied to the host.</param>
internal sealed class GpuYoloMasks(KernelSet kernels, bool isModelSpace, bool toHost) : IDisposable
{
    private const int Threads = 256;
    private const int CopyBlocks = 32;

    /// <summary>Blocks that share the tiles of all masks: about as many as run at once beside a model.</summary>
    private const int TileBlocks = 512;
    private const int Job = 80;
    private const int BitUnit = 16;

    /// <summary>Masks that cover their whole frame that there is room for at first, for each picture.</summary>
    private const int WholeMasks = 4;

    private readonly GpuKernel _plan = kernels["maskPlan"];
    private readonly GpuKernel _tiles = kernels["maskTiles"];
    private readonly GpuKernel _copy = kernels["copyMasks"];
    private readonly GpuRoom _jobs = new(kernels);
    private readonly GpuRoom _pixels = new(kernels);
    private readonly GpuRoom _totals = new(kernels);
    private readonly GpuRoom _hostPixels = new(kernels, isPinned: true);
    private readonly GpuRoom _hostTotals = new(kernels, isPinned: true);

    private readonly GpuGrowth _growth = new();

    /// <summary>Address of what a run took, which is 0 before <see cref="Queue"/>.</summary>
    public nint Totals => _totals.Address;

    private Taken Used => MemoryMarshal.Read<Taken>(_hostTotals.Span);

    private long BitUnits => _pixels.ByteLength / BitUnit;

    /// <summary>Makes room for pictures of these sizes.</summary>
    /// <returns>True if an address changed.</returns>
    public bool Reserve(ReadOnlySpan<GpuFrame> frames)
    {
        var bits = 0L;
        foreach (ref readonly var frame in frames)
        {
            var (width, height) = FrameOf(frame);
            bits += (long)Mask.RowBytesOf(width) * height;
        }

        return NeedBytes(WholeMasks * bits);
    }

    /// <summary>Wants room for the finds of pictures.</summary>
    public void Need(GpuGrowth growth, int batch, int most)
    {
        growth.Add(_totals, Marshal.SizeOf<Taken>());
        growth.Add(_hostTotals, Marshal.SizeOf<Taken>());
        growth.Add(_jobs, (nint)batch * most * Job);
    }

    /// <summary>Whether there was room for all masks of the run.</summary>
    public bool IsComplete => Used.Bits <= BitUnits;

    /// <summary>Makes the room that the last run lacked.</summary>
    public void Grow()
    {
        NeedBytes(Used.Bits * BitUnit);
    }

    /// <summary>Queues the kernels, after those that wrote the records.</summary>
    public void Queue(GpuQueue queue, in GpuHeads heads, in GpuYoloHead head, GpuYoloFinder finder, FoundResults results)
    {
        var shape = heads.Shapes[1];
        var (count, height, width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        var arguments = new Arguments(
            head, heads.Frames, finder.Counts, finder.Kept, heads.Outputs[1].Address, _jobs.Address,
            _pixels.Address, _totals.Address, results.Address, results.Words, BitUnits, finder.Most, results.RecordWords,
            heads.Outputs[1].IsHalf ? 1 : 0, count, width, height, isModelSpace ? 1 : 0);
        queue.Launch(_plan, new(1, 1, heads.Batch), Threads, arguments);
        queue.Launch(_tiles, TileBlocks, Threads, arguments);
        queue.Launch(_copy, CopyBlocks, Threads, new CopyArguments(
            _pixels.Address, toHost ? _hostPixels.Address : 0, _totals.Address, _hostTotals.Address, BitUnits));
    }

    /// <summary>The mask of a record.</summary>
    public Mask Read(in FoundRecord record, in GpuFrame frame, MaskBuffer? buffer)
    {
        var (width, height) = FrameOf(frame);
        var length = Mask.RowBytesOf(record.Region.Width) * record.Region.Height;
        var bits = buffer?.Rent(length) ?? GC.AllocateUninitializedArray<byte>(length);
        BitsOf(record, length).CopyTo(bits);
        return buffer?.Add(width, height, record.Region, record.Area) ?? new(width, height, record.Region, bits, record.Area);
    }

    /// <summary>The mask of a record on the device.</summary>
    public DeviceMask? OnDevice(in FoundRecord record, in GpuFrame frame, DeviceLease? lease)
    {
        if (lease is null) return null;
        var (place, region, (width, height)) = (PlaceOf(record), record.Region, FrameOf(frame));
        return lease.Add(new(
            new(place.Address, region.Left, region.Top, region.Width, region.Height, place.RowBytes), width, height,
            record.Area));
    }

    /// <summary>Where the mask of a record lies on the device.</summary>
    public GpuMaskPlace PlaceOf(in FoundRecord record) => new(
        _pixels.Address + ((nint)record.Bits * BitUnit), record.Region, Mask.RowBytesOf(record.Region.Width), record.Area);

    public void Dispose()
    {
        foreach (var room in (ReadOnlySpan<GpuRoom>)
            [_jobs, _pixels, _totals, _hostPixels, _hostTotals]) room.Dispose();
    }

    private (int Width, int Height) FrameOf(in GpuFrame frame) =>
        isModelSpace ? (frame.InputWidth, frame.InputHeight) : (frame.Width, frame.Height);

    private unsafe ReadOnlySpan<byte> BitsOf(in FoundRecord record, int length) =>
        new((byte*)_hostPixels.Address + ((nint)record.Bits * BitUnit), length);

    private bool NeedBytes(long bits)
    {
        try
        {
            if (bits > _pixels.ByteLength)
            {
                var bytes = WithReserve(bits);
                _growth.Add(_pixels, bytes);
                if (toHost) _growth.Add(_hostPixels, bytes);
            }

            return _growth.Commit();
        }
        finally
        {
            _growth.Discard();
        }
    }

    /// <summary>By half more than is needed, so that slowly growing pictures do not make it grow each time.</summary>
    private static nint WithReserve(long bytes) => (nint)((bytes + (bytes / 2) + 255) & ~255L);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Taken(long Work, long Bits);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(
        GpuYoloHead Head, nint Frames, nint Counts, nint Kept, nint Prototypes, nint Jobs, nint Bits, nint Totals,
        nint Results, long Words, long BitUnits, int Most, int RecordWords, int IsHalf, int PrototypeCount, int GridWidth,
        int GridHeight, int IsModelSpace);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct CopyArguments(nint Bits, nint Target, nint Totals, nint TargetTotals, long Capacity);
}

/// <summary>A mask on the device: rows of bits, lowest bit first, each row padded to whole bytes.</summary>
/// <param name="Address">Address of the first byte, a multiple of 16.</param>
/// <param name="Region">Its region in the frame.</param>
/// <param name="RowBytes">Bytes of a row.</param>
/// <param name="Area">Pixels that are set.</param>
internal readonly record struct GpuMaskPlace(nint Address, PixelRegion Region, int RowBytes, int Area);
