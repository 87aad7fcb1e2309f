using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Makes the masks of what was found with kernels: what <see cref="MaskDecoder"/> does. The bits of all pictures lie in one
/// buffer, which has room for a share of all pixels and grows if that was not enough.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="isModelSpace">Whether masks are in pixels of the model's input.</param>
/// <param name="staysOnDevice">Whether the bits are not copied to the host.</param>
internal sealed class GpuYoloMasks(KernelSet kernels, bool isModelSpace, bool staysOnDevice) : IDisposable
{
    private const int Threads = 256;
    private const int CopyBlocks = 32;

    /// <summary>Blocks that share the tiles of all masks: about as many as run at once beside a model.</summary>
    private const int TileBlocks = 512;
    private const int Job = 80;
    private const int BitUnit = 16;

    /// <summary>Masks that cover their whole frame that there is room for at first, for each picture.</summary>
    private const int WholeMasks = 4;

    private readonly GpuKernel _instances = kernels["yoloInstances"];
    private readonly GpuKernel _tiles = kernels["maskTiles"];
    private readonly GpuKernel _copy = kernels["copyMasks"];
    private readonly GpuRoom _jobs = new(kernels);
    private readonly GpuRoom _pixels = new(kernels);
    private readonly GpuRoom _hostPixels = new(kernels, isPinned: true);
    private readonly GpuRoom _hostTotals = new(kernels, isPinned: true);

    private readonly GpuGrowth _growth = new();

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
        growth.Add(_hostTotals, Marshal.SizeOf<Taken>());
        growth.Add(_jobs, (nint)batch * most * Job);
    }

    /// <summary>Whether there was room for all masks of the run.</summary>
    public bool IsComplete => Used.Bits <= BitUnits;

    /// <summary>Makes the room that the last run lacked.</summary>
    public void Grow() => NeedBytes(Used.Bits * BitUnit);

    /// <summary>Queues the kernels: the suppression, the records, the masks, and the copy to the host.</summary>
    public void Queue(GpuQueue queue, in GpuHeads heads, in GpuYoloHead head, GpuYoloFinder finder, FoundResults results)
    {
        var shape = heads.Shapes[1];
        var (count, height, width) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        var arguments = new Arguments(
            head, heads.Frames, finder.Counts, finder.Kept, heads.Outputs[1].Address, _jobs.Address,
            _pixels.Address, finder.Totals, results.Address, results.Words, BitUnits, finder.Most, results.RecordWords,
            heads.Outputs[1].IsHalf ? 1 : 0, count, width, height, isModelSpace ? 1 : 0);
        queue.Launch(_instances, new(1, 1, heads.Batch), GpuYoloFinder.SuppressThreads,
            new InstancesArguments(finder.SuppressionOf(head), arguments));
        queue.Launch(_tiles, TileBlocks, Threads, arguments);
        queue.Launch(_copy, CopyBlocks, Threads, new CopyArguments(
            _pixels.Address, staysOnDevice ? 0 : _hostPixels.Address, finder.Totals, _hostTotals.Address, BitUnits,
            results.Copy, heads.Batch));
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
        var (address, region, (width, height)) = (
            _pixels.Address + ((nint)record.Bits * BitUnit), record.Region, FrameOf(frame));
        return lease.Add(new(
            new(address, region.Left, region.Top, region.Width, region.Height, Mask.RowBytesOf(region.Width)), width, height,
            record.Area));
    }

    public void Dispose()
    {
        foreach (var room in (ReadOnlySpan<GpuRoom>)
            [_jobs, _pixels, _hostPixels, _hostTotals]) room.Dispose();
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
                if (!staysOnDevice) _growth.Add(_hostPixels, bytes);
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
    private readonly record struct InstancesArguments(GpuYoloSuppression Suppression, Arguments Masks);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct CopyArguments(
        nint Bits, nint Target, nint Totals, nint TargetTotals, long Capacity, FoundCopy Results, int Pictures);
}
