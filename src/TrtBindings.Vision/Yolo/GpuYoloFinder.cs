using System.Runtime.InteropServices;
using TrtBindings.Vision.Gpu;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Selects the predictions of a YOLO head that are kept, with kernels: what <see cref="YoloPipeline.Find"/> does. Owns the device
/// memory of the steps.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="options">The engine's options.</param>
/// <param name="form">Form of the output.</param>
/// <param name="isRotated">Whether the last number of a prediction is an angle.</param>
internal sealed class GpuYoloFinder(KernelSet kernels, YoloOptions options, YoloForm form, bool isRotated) : IDisposable
{
    private const int Threads = 256;
    private const int AnchorsPerBlock = 64;
    private const int SuppressThreads = 512;
    private const int SelectThreads = 1024;

    /// <summary>Bytes of a candidate on the device.</summary>
    private const int Found = 32;

    private readonly GpuKernel _list = kernels["yoloCandidates"];
    private readonly GpuKernel _rows = kernels["yoloRows"];
    private readonly GpuKernel _select = kernels["selectBest"];
    private readonly GpuKernel _order = kernels["yoloOrder"];
    private readonly GpuKernel _suppress = kernels["yoloSuppress"];
    private readonly float _iou = YoloPipeline.IouOf(options, form);
    private readonly GpuRotatedSuppression? _rotated = !isRotated ? null
        : new(kernels, YoloPipeline.IouOf(options, form), options.ClassAgnostic);

    private readonly GpuRoom _counts = new(kernels);
    private readonly GpuRoom _keys = new(kernels);
    private readonly GpuRoom _selected = new(kernels);
    private readonly GpuRoom _ordered = new(kernels);
    private readonly GpuRoom _kept = new(kernels);
    private long _keyRoom;
    private int _candidateRoom;

    /// <summary>Pictures that there is room for.</summary>
    public int Batch { get; private set; }

    /// <summary>Address of the counts of each picture.</summary>
    public nint Counts => _counts.Address;

    /// <summary>Address of what is kept: <see cref="Most"/> places for each picture.</summary>
    public nint Kept => _kept.Address;

    /// <summary>The most that are kept of a picture. Depends on the room only, so that recorded runs of all shapes agree.</summary>
    public int Most => Math.Min(options.MaxDetections, _candidateRoom);

    /// <summary>Whether there is room for a head.</summary>
    public bool Fits(int batch, in GpuYoloHead head) =>
        batch <= Batch && KeysOf(head) <= _keyRoom && CandidatesOf(head) <= _candidateRoom;

    /// <summary>Makes room for a head, and keeps that for earlier ones.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public void Need(int batch, in GpuYoloHead head)
    {
        batch = Math.Max(batch, Batch);
        var keys = Math.Max(KeysOf(head), _keyRoom);
        _candidateRoom = Math.Max(CandidatesOf(head), _candidateRoom);
        // Until there is room for all, there is none.
        Batch = 0;
        _counts.Need(batch * Marshal.SizeOf<FoundCounts>());
        _kept.Need((nint)batch * Most * Found);
        if (!head.IsEndToEnd)
        {
            _keys.Need((nint)(batch * keys * sizeof(ulong)));
            if (keys > _candidateRoom) _selected.Need((nint)batch * _candidateRoom * sizeof(ulong));
            _ordered.Need((nint)batch * _candidateRoom * Found);
            _rotated?.Need(batch, _candidateRoom);
        }

        (Batch, _keyRoom) = (batch, keys);
    }

    /// <summary>Queues the kernels.</summary>
    public void Queue(GpuQueue queue, nint frames, int batch, in GpuYoloHead head)
    {
        queue.Fill(_counts.Address, 0, batch * Marshal.SizeOf<FoundCounts>());
        if (head.Anchors == 0) return;
        if (head.IsEndToEnd)
        {
            queue.Launch(_rows, new(1, 1, batch), Threads,
                new RowsArguments(head, frames, Counts, Kept, options.Confidence, Most));
            return;
        }

        queue.Launch(_list, new(GpuGrid.Blocks(head.Anchors, AnchorsPerBlock), 1, batch), Threads,
            new ListArguments(head, frames, _keys.Address, Counts, _keyRoom, options.Confidence, options.MultiLabel ? 1 : 0));
        var candidates = CandidatesOf(head);
        if (KeysOf(head) > candidates)
        {
            queue.Launch(_select, new(1, 1, batch), SelectThreads,
                new SelectArguments(_keys.Address, Counts, _selected.Address, _keyRoom, _candidateRoom));
        }

        queue.Launch(_order, new(GpuGrid.Blocks(candidates, Threads), 1, batch), Threads, new OrderArguments(
            head, frames, _keys.Address, _selected.Address, Counts, _ordered.Address, _keyRoom, _candidateRoom));
        if (_rotated is not null)
        {
            _rotated.Queue(queue, head, batch, (_ordered.Address, Counts, Kept), (candidates, _candidateRoom, Most));
            return;
        }

        queue.Launch(_suppress, new(1, 1, batch), SuppressThreads, new SuppressArguments(
            _ordered.Address, Counts, Kept, _candidateRoom, Most, _iou, options.ClassAgnostic ? 1 : 0));
    }

    public void Dispose()
    {
        _counts.Dispose();
        _keys.Dispose();
        _selected.Dispose();
        _ordered.Dispose();
        _kept.Dispose();
        _rotated?.Dispose();
    }

    /// <summary>Keys that a picture can have.</summary>
    private long KeysOf(in GpuYoloHead head) => (long)head.Anchors * (options.MultiLabel ? Math.Max(head.Classes, 1) : 1);

    /// <summary>The best of them, which are compared; all rows of an end-to-end head.</summary>
    private int CandidatesOf(in GpuYoloHead head) =>
        head.IsEndToEnd ? head.Anchors : (int)Math.Min(KeysOf(head), DenseDecoder.MaxCandidates);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ListArguments(
        GpuYoloHead Head, nint Frames, nint Keys, nint Counts, long Capacity, float Confidence, int MultiLabel);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct RowsArguments(
        GpuYoloHead Head, nint Frames, nint Counts, nint Kept, float Confidence, int Most);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct SelectArguments(nint Keys, nint Counts, nint Selected, long Capacity, int Most);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct OrderArguments(
        GpuYoloHead Head, nint Frames, nint Keys, nint Selected, nint Counts, nint Ordered, long Capacity, int Most);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct SuppressArguments(
        nint Ordered, nint Counts, nint Kept, int Capacity, int Most, float Iou, int Agnostic);
}
