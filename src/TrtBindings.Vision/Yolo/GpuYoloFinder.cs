using System.Runtime.InteropServices;

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
    /// <summary>Threads of a kernel that suppresses.</summary>
    public const int SuppressThreads = 512;

    private const int SelectThreads = 1024;

    private const int TotalsBytes = 2 * sizeof(long);

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
    /// <summary>What there is memory for. Set when it is there; then all heads of other sizes use it too.</summary>
    public FinderRoom Room { get; set; }

    /// <summary>Address of two 64-bit numbers for the kernels that follow, which are 0 before them.</summary>
    public nint Totals => _counts.Address;

    /// <summary>Address of the counts of each picture.</summary>
    public nint Counts => _counts.Address + TotalsBytes;

    /// <summary>Address of what is kept: <see cref="Most"/> places for each picture.</summary>
    public nint Kept => _kept.Address;

    /// <summary>The most that are kept of a picture. Depends on the room only, so that recordings of all sizes agree.</summary>
    public int Most => MostOf(Room);

    /// <summary>Whether there is room for a head.</summary>
    public bool Fits(int batch, in GpuYoloHead head) => Room == RoomFor(batch, head);

    /// <summary>The room for a head beside those before it.</summary>
    public FinderRoom RoomFor(int batch, in GpuYoloHead head) => new(
        Math.Max(batch, Room.Batch), Math.Max(KeysOf(head), Room.Keys), Math.Max(CandidatesOf(head), Room.Candidates));

    /// <summary>The most that are kept of a picture in a room.</summary>
    public int MostOf(FinderRoom room) => Math.Min(options.MaxDetections, room.Candidates);

    /// <summary>Wants memory.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public void Need(GpuGrowth growth, FinderRoom room)
    {
        nint batch = room.Batch;
        growth.Add(_counts, TotalsBytes + (batch * Marshal.SizeOf<FoundCounts>()));
        growth.Add(_kept, batch * MostOf(room) * Found);
        if (form == YoloForm.EndToEnd) return;
        growth.Add(_keys, batch * (nint)room.Keys * sizeof(ulong));
        growth.Add(_ordered, batch * room.Candidates * Found);
        if (room.Keys > room.Candidates) growth.Add(_selected, batch * room.Candidates * sizeof(ulong));
        _rotated?.Need(growth, room.Batch, room.Candidates);
    }

    /// <summary>Queues the kernels.</summary>
    /// <param name="queue">The run's stream.</param>
    /// <param name="frames">Address of the frames.</param>
    /// <param name="batch">Pictures.</param>
    /// <param name="head">The predictions.</param>
    /// <param name="suppresses">Whether a kernel of the caller does what <see cref="SuppressionOf"/> says.</param>
    public void Queue(GpuQueue queue, nint frames, int batch, in GpuYoloHead head, bool suppresses = false)
    {
        queue.Fill(_counts.Address, 0, TotalsBytes + (batch * Marshal.SizeOf<FoundCounts>()));
        if (head.Anchors == 0) return;
        if (head.IsEndToEnd)
        {
            queue.Launch(_rows, new(1, 1, batch), Threads,
                new RowsArguments(head, frames, Counts, Kept, options.Confidence, Most));
            return;
        }

        queue.Launch(_list, new(GpuGrid.Blocks(head.Anchors, AnchorsPerBlock), 1, batch), Threads,
            new ListArguments(head, frames, _keys.Address, Counts, Room.Keys, options.Confidence, options.MultiLabel ? 1 : 0));
        var candidates = CandidatesOf(head);
        if (KeysOf(head) > candidates)
        {
            queue.Launch(_select, new(1, 1, batch), SelectThreads,
                new SelectArguments(_keys.Address, Counts, _selected.Address, Room.Keys, Room.Candidates));
        }

        queue.Launch(_order, new(GpuGrid.Blocks(candidates, Threads), 1, batch), Threads, new OrderArguments(
            head, frames, _keys.Address, _selected.Address, Counts, _ordered.Address, Room.Keys, Room.Candidates));
        if (_rotated is not null)
        {
            _rotated.Queue(queue, head, batch, (_ordered.Address, Counts, Kept), (candidates, Room.Candidates, Most));
            return;
        }

        if (!suppresses) queue.Launch(_suppress, new(1, 1, batch), SuppressThreads, SuppressionOf(head));
    }

    /// <summary>What a kernel that suppresses needs; nothing is ordered if the finds are there without it.</summary>
    public GpuYoloSuppression SuppressionOf(in GpuYoloHead head) => new(
        head.Anchors == 0 || head.IsEndToEnd || _rotated is not null ? 0 : _ordered.Address, Counts, Kept, Room.Candidates, Most,
        _iou, options.ClassAgnostic ? 1 : 0);

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
}

/// <summary>What a <see cref="GpuYoloFinder"/> has memory for.</summary>
/// <param name="Batch">Pictures.</param>
/// <param name="Keys">Predictions of a picture that can be above the confidence.</param>
/// <param name="Candidates">The best of them, which are compared.</param>
internal readonly record struct FinderRoom(int Batch, long Keys, int Candidates);

/// <summary>What a kernel that suppresses needs, as native/kernels/suppress.cu reads it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct GpuYoloSuppression(
    nint Ordered, nint Counts, nint Kept, int Capacity, int Most, float Iou, int Agnostic);
