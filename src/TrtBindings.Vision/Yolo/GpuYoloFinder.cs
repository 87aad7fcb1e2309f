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
    private (int Batch, int Anchors, int Classes) _room;

    /// <summary>Address of the counts of each picture.</summary>
    public nint Counts => _counts.Address;

    /// <summary>Address of what is kept: <see cref="Most"/> places for each picture.</summary>
    public nint Kept => _kept.Address;

    /// <summary>The most that are kept of a picture.</summary>
    public int Most { get; private set; }

    /// <summary>The best candidates that are compared.</summary>
    private int Candidates { get; set; }

    /// <summary>Keys that a picture can have.</summary>
    private long Keys { get; set; }

    /// <summary>Whether <see cref="Need"/> was called for a head of this size or a larger one.</summary>
    public bool Fits(int batch, in GpuYoloHead head) =>
        batch <= _room.Batch && head.Anchors <= _room.Anchors && head.Classes <= _room.Classes;

    /// <summary>
    /// Makes room for a head beside those before it: recordings of sizes in turn must find the same places each time.
    /// </summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public void Need(int batch, in GpuYoloHead head)
    {
        var room = (Batch: Math.Max(batch, _room.Batch), Anchors: Math.Max(head.Anchors, _room.Anchors),
            Classes: Math.Max(head.Classes, _room.Classes));
        (batch, _room) = (room.Batch, default);
        Keys = (long)room.Anchors * (options.MultiLabel ? Math.Max(room.Classes, 1) : 1);
        Candidates = (int)Math.Min(Keys, head.IsEndToEnd ? int.MaxValue : DenseDecoder.MaxCandidates);
        Most = Math.Min(options.MaxDetections, Candidates);
        _counts.Need(batch * Marshal.SizeOf<FoundCounts>());
        _kept.Need((nint)batch * Most * Found);
        if (!head.IsEndToEnd)
        {
            _keys.Need((nint)(batch * Keys * sizeof(ulong)));
            if (Keys > Candidates) _selected.Need((nint)batch * Candidates * sizeof(ulong));
            _ordered.Need((nint)batch * Candidates * Found);
            _rotated?.Need(batch, Candidates);
        }

        _room = room;
    }

    /// <summary>Queues the kernels.</summary>
    public void Queue(GpuQueue queue, nint frames, int batch, in GpuYoloHead head)
    {
        queue.Fill(_counts.Address, 0, batch * Marshal.SizeOf<FoundCounts>());
        if (head.IsEndToEnd)
        {
            queue.Launch(_rows, new(1, 1, batch), Threads,
                new RowsArguments(head, frames, Counts, Kept, options.Confidence, Most));
            return;
        }

        queue.Launch(_list, new(GpuGrid.Blocks(head.Anchors, AnchorsPerBlock), 1, batch), Threads,
            new ListArguments(head, frames, _keys.Address, Counts, Keys, options.Confidence, options.MultiLabel ? 1 : 0));
        if (Keys > Candidates)
        {
            queue.Launch(_select, new(1, 1, batch), SelectThreads,
                new SelectArguments(_keys.Address, Counts, _selected.Address, Keys, Candidates));
        }

        queue.Launch(_order, new(GpuGrid.Blocks(Candidates, Threads), 1, batch), Threads, new OrderArguments(
            head, frames, _keys.Address, _selected.Address, Counts, _ordered.Address, Keys, Candidates));
        if (_rotated is not null)
        {
            _rotated.Queue(queue, head, batch, _ordered.Address, Counts, Kept, Candidates, Most);
            return;
        }

        queue.Launch(_suppress, new(1, 1, batch), SuppressThreads, new SuppressArguments(
            _ordered.Address, Counts, Kept, Candidates, Most, _iou, options.ClassAgnostic ? 1 : 0));
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
