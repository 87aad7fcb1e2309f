namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>
/// A resize along one axis and then along the other: a kernel makes the weights of both axes, the next resizes along the first
/// axis into memory of this object, the last along the second into the model's input.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="name">What the names of the three begin with.</param>
/// <param name="filter">The filter.</param>
/// <param name="rule">A rule that the kernels take.</param>
/// <param name="pixelBytes">Bytes of a pixel between the passes.</param>
internal abstract class TwoPassGpuResizer(KernelSet kernels, string name, ResizeFilter filter, int rule, int pixelBytes)
    : GpuResizer
{
    /// <summary>Threads of a block that makes weights: few, since there are few weights and each is long to make.</summary>
    private const int TableThreads = 32;

    /// <summary>The filter.</summary>
    protected readonly ResizeFilter Filter = filter;

    private readonly GpuKernel _makeTables = kernels[name + "Tables"];
    private readonly GpuKernel _first = kernels[name + "First"];
    private readonly GpuKernel _last = kernels[name + "Last"];
    private DeviceBuffer? _tables;
    private DeviceBuffer? _middle;
    private PassRoom _room;
    private int _batch;

    /// <inheritdoc/>
    public sealed override bool Reserve(ReadOnlySpan<GpuFrame> frames)
    {
        // A batch without a picture is launched too.
        var room = _room.With(new(1, 1, 1));
        foreach (ref readonly var frame in frames)
            if (frame.Width > 0) room = room.With(RoomFor(frame));
        var batch = Math.Max(_batch, frames.Length);
        if (room == _room && batch == _batch) return false;
        var tables = kernels.Allocate(checked((nint)((room.ColumnInts + room.RowInts) * sizeof(int) * batch)));
        DeviceBuffer middle;
        try
        {
            middle = kernels.Allocate(checked((nint)(room.MiddlePixels * pixelBytes * batch)));
        }
        catch
        {
            tables.Dispose();
            throw;
        }

        Dispose();
        (_tables, _middle, _room, _batch) = (tables, middle, room, batch);
        return true;
    }

    /// <inheritdoc/>
    public sealed override void Queue(GpuQueue queue, in GpuTarget target, in InputEncoding encoding)
    {
        if (_tables is null || _middle is null || target.Batch > _batch)
            throw new InvalidOperationException($"Room was reserved for {_batch} pictures, not for {target.Batch}.");
        var arguments = new PassArguments(
            new(target, encoding), Filter, rule, _tables.Address, _room.ColumnInts, _room.RowInts, _middle.Address,
            _room.MiddlePixels);
        var longest = GpuGrid.Blocks(Math.Max(target.Width, target.Height), TableThreads);
        queue.Launch(_makeTables, new(longest, 2, target.Batch), TableThreads, arguments);
        queue.Launch(_first, new(GpuGrid.Blocks(_room.MiddlePixels, Threads), 1, target.Batch), Threads, arguments);
        queue.Launch(_last, new(GpuGrid.Blocks(target.Width, Threads), target.Height, target.Batch), Threads, arguments);
    }

    /// <inheritdoc/>
    public sealed override void Dispose()
    {
        _tables?.Dispose();
        _middle?.Dispose();
        (_tables, _middle, _room, _batch) = (null, null, default, 0);
    }

    /// <summary>The most weights of one output pixel of an axis.</summary>
    /// <param name="source">Source pixels.</param>
    /// <param name="target">Output pixels of the whole axis.</param>
    protected abstract int TapsOf(int source, int target);

    /// <summary>Whether the height is resized before the width.</summary>
    protected virtual bool ShrinksHeightFirst(in GpuFrame frame) => false;

    private PassRoom RoomFor(in GpuFrame frame)
    {
        var columns = Covered(frame.Left, frame.ScaledWidth, frame.InputWidth);
        var rows = Covered(frame.Top, frame.ScaledHeight, frame.InputHeight);
        var (columnTaps, rowTaps) = (TapsOf(frame.Width, frame.ScaledWidth), TapsOf(frame.Height, frame.ScaledHeight));
        var middle = ShrinksHeightFirst(frame)
            ? rows * Needed(columns, columnTaps, frame.Width, frame.ScaledWidth)
            : columns * Needed(rows, rowTaps, frame.Height, frame.ScaledHeight);
        // The first pass counts pixels in 32 bits.
        if (middle > int.MaxValue - Threads)
            throw new ImageException($"An image of {frame.Width} x {frame.Height} is too large to be resized at once.");
        return new(columns * (2 + columnTaps), rows * (2 + rowTaps), middle);
    }

    /// <summary>Output pixels of an axis that lie in the input.</summary>
    private static long Covered(int place, int scaled, int size) =>
        Math.Max(Math.Min(place + scaled, size) - Math.Max(place, 0), 0);

    /// <summary>The most source pixels that so many output pixels side by side need.</summary>
    private static long Needed(long outputs, int taps, int source, int target) =>
        Math.Min((long)Math.Ceiling(outputs * (source / (double)target)) + taps + 2, source);

    /// <summary>Room for one picture.</summary>
    private readonly record struct PassRoom(long ColumnInts, long RowInts, long MiddlePixels)
    {
        public PassRoom With(PassRoom other) => new(
            Math.Max(ColumnInts, other.ColumnInts), Math.Max(RowInts, other.RowInts),
            Math.Max(MiddlePixels, other.MiddlePixels));
    }
}
