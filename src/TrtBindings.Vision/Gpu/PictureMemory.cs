using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>
/// The pictures of one call on their way to the GPU: pixels in pinned memory are uploaded from where they are, others through a
/// pinned buffer, and of both only the rows that are read there. A call is <see cref="Start"/>, <see cref="Plan"/> for each
/// picture, <see cref="Reserve"/>, <see cref="Load"/> for each picture, <see cref="Upload"/>. Grows and never shrinks. Not
/// thread-safe.
/// </summary>
internal sealed unsafe class PictureMemory(ModelGpu gpu, int maxBatch) : IDisposable
{
    private const nint Alignment = 256;

    /// <summary>An upload of rows that are further apart than this many lengths would mostly move other pixels.</summary>
    private const int MostSpread = 2;

    private readonly Part[] _parts = new Part[maxBatch];
    private readonly ImageMemory[] _pinned = new ImageMemory[maxBatch];
    private DeviceBuffer? _device;
    private PinnedBuffer? _staging;
    private nint _deviceBytes;
    private nint _stagedBytes;
    private int _count;

    /// <summary>Begins a call.</summary>
    public void Start()
    {
        Array.Clear(_pinned);
        (_deviceBytes, _stagedBytes, _count) = (0, 0, 0);
    }

    /// <summary>Finds a place for the next picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="rows">What is read of it; <see langword="null"/> for all rows.</param>
    public void Plan(ImageView image, RowRun[]? rows)
    {
        var row = image.Width * image.Format.BytesPerPixel();
        var isSpread = image.Stride > MostSpread * row;
        var bytes = isSpread ? (nint)row * image.Height : ((nint)image.Stride * (image.Height - 1)) + row;
        var isPinned = !isSpread && gpu.IsPinned(image.Pixels[..(int)bytes]);
        _parts[_count++] = new(
            _deviceBytes, isPinned ? AddressOf(image.Pixels) : 0, _stagedBytes, bytes, row, isSpread ? row : image.Stride, rows);
        _deviceBytes += Aligned(bytes);
        if (!isPinned) _stagedBytes += Aligned(bytes);
    }

    /// <summary>Makes room for all pictures.</summary>
    /// <exception cref="DeviceMemoryException">There is too little memory. The old room stays.</exception>
    public void Reserve()
    {
        if ((_device?.ByteLength ?? 0) < _deviceBytes)
        {
            var larger = gpu.Allocate(_deviceBytes);
            _device?.Dispose();
            _device = larger;
        }

        if ((_staging?.ByteLength ?? 0) >= _stagedBytes) return;
        var more = gpu.AllocatePinned(_stagedBytes);
        _staging?.Dispose();
        _staging = more;
    }

    /// <summary>Reads the pixels of a picture unless they are pinned, and sets the source of its frame.</summary>
    /// <param name="index">Its place in the call.</param>
    /// <param name="image">The picture.</param>
    /// <param name="memory">Its memory, which is kept until the next call if it is uploaded from where it is.</param>
    /// <param name="frame">Its frame.</param>
    public void Load(int index, ImageView image, in ImageMemory memory, ref GpuFrame frame)
    {
        ref readonly var part = ref _parts[index];
        if (part.Pinned != 0) _pinned[index] = memory;
        else
        {
            // A picture has at most 2 GB, but the pictures of a batch may have more.
            var target = new Span<byte>((byte*)_staging!.Address + part.Staged, (int)part.Bytes);
            if (part.Rows is { } rows) Copy(image, rows, part, target);
            else if (part.Pitch == image.Stride) image.Pixels[..target.Length].CopyTo(target);
            else Copy(image, [new(0, image.Height, image.Height, 1)], part, target);
        }

        frame.Planes[0] = _device!.Address + part.Device;
        frame.Pitches[0] = part.Pitch;
    }

    /// <summary>Queues the uploads.</summary>
    public void Upload(GpuQueue queue)
    {
        for (var i = 0; i < _count; i++)
        {
            ref readonly var part = ref _parts[i];
            var target = _device!.Address + part.Device;
            var source = part.Pinned != 0 ? part.Pinned : _staging!.Address + part.Staged;
            if (part.Rows is null) queue.Upload(target, source, part.Bytes);
            else foreach (var run in part.Rows) UploadRun(queue, target, source, part, run);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _device?.Dispose();
        _staging?.Dispose();
    }

    private static void UploadRun(GpuQueue queue, nint target, nint source, in Part part, RowRun run)
    {
        var (first, period) = ((nint)run.First * part.Pitch, (nint)run.Period * part.Pitch);
        var bytes = ((run.Rows - 1) * (nint)part.Pitch) + part.Row;
        queue.UploadRows(target + first, period, source + first, period, bytes, run.Count);
    }

    private static void Copy(ImageView image, ReadOnlySpan<RowRun> rows, in Part part, Span<byte> target)
    {
        foreach (var run in rows)
            for (var group = 0; group < run.Count; group++)
                for (var row = 0; row < run.Rows; row++)
                {
                    var y = run.First + (group * run.Period) + row;
                    image.Row(y).CopyTo(target[(y * part.Pitch)..]);
                }
    }

    private static nint AddressOf(ReadOnlySpan<byte> pinned) =>
        (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));

    private static nint Aligned(nint bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    /// <param name="Device">Offset in device memory.</param>
    /// <param name="Pinned">Address of pixels in pinned memory; 0 for others.</param>
    /// <param name="Staged">Offset of other pixels in the pinned buffer.</param>
    /// <param name="Bytes">Size.</param>
    /// <param name="Row">Bytes of a row's pixels.</param>
    /// <param name="Pitch">Bytes from one row to the next, in the memory that is uploaded from and on the device.</param>
    /// <param name="Rows">The rows to upload; <see langword="null"/> for all.</param>
    private readonly record struct Part(
        nint Device, nint Pinned, nint Staged, nint Bytes, int Row, int Pitch, RowRun[]? Rows);
}
