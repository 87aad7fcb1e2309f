using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Makes the results of a YOLO engine with kernels. A derived class says what its task adds, and reads its objects.
/// </summary>
/// <typeparam name="TObject">One object.</typeparam>
internal abstract class GpuYoloPostprocessor<TObject> : GpuPostprocessor<List<TObject>>
{
    private const int Threads = 128;

    private readonly GpuKernel _write;
    private readonly GpuYoloFinder _finder;
    private readonly YoloHead _head;
    private readonly YoloForm _form;
    private readonly GpuGrowth _growth = new();
    private (int Batch, int Others, GpuYoloHead Head) _needed;

    /// <param name="kernels">The kernels.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="form">Form of output 0.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="points">Key points of an object.</param>
    /// <param name="pointValues">Numbers of a key point.</param>
    /// <param name="isRotated">Whether the last number of a prediction is an angle.</param>
    protected GpuYoloPostprocessor(
        KernelSet kernels, YoloOptions options, YoloForm form, ClassLabels labels, int points = 0, int pointValues = 0,
        bool isRotated = false)
    {
        (_form, _head, Labels) = (form, YoloHead.Of(form.ToString()), labels);
        (Points, PointValues, IsRotated) = (points, pointValues, isRotated);
        _write = kernels["yoloResults"];
        _finder = new(kernels, options, form, isRotated);
        Results = new(kernels, isRotated ? 1 : points * pointValues);
        // A header, so that a run can say that it lacked the rest.
        Results.Need(_growth, 1, 0);
        _growth.Commit();
    }

    /// <summary>The model's labels.</summary>
    protected ClassLabels Labels { get; }

    /// <summary>The results.</summary>
    protected FoundResults Results { get; }

    /// <summary>What is kept.</summary>
    protected GpuYoloFinder Finder => _finder;

    /// <summary>Key points of an object.</summary>
    protected int Points { get; }

    /// <summary>Numbers of a key point.</summary>
    protected int PointValues { get; }

    /// <summary>Whether <see cref="QueueMore"/> suppresses, writes the records and copies them to the host.</summary>
    protected virtual bool MakesRecords => false;

    private bool IsRotated { get; }

    /// <summary>Numbers that the task adds to a prediction.</summary>
    protected virtual int OthersOf(in GpuHeads heads) => IsRotated ? 1 : Points * PointValues;

    /// <inheritdoc/>
    public sealed override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        var others = OthersOf(heads);
        var head = HeadOf(heads, others);
        if (!_finder.Fits(heads.Batch, head))
        {
            // Room is made by Grow only, because recorded runs hold addresses: this run is not complete.
            _needed = (heads.Batch, others, head);
            Results.QueueLack(queue);
            return;
        }

        _finder.Queue(queue, heads.Frames, heads.Batch, head, MakesRecords);
        if (MakesRecords)
        {
            QueueMore(queue, heads, head);
            return;
        }

        queue.Launch(_write, new(1 + (Points / 4), 1, heads.Batch), Threads, new Arguments(
            head, heads.Frames, _finder.Counts, _finder.Kept, Results.Address, Results.Words, _finder.Most,
            Results.RecordWords, Points, PointValues, IsRotated ? 1 : 0));
        Results.Queue(queue, heads.Batch);
    }

    /// <summary>Queues what the task adds to the records.</summary>
    protected virtual void QueueMore(GpuQueue queue, in GpuHeads heads, in GpuYoloHead head)
    {
    }

    /// <inheritdoc/>
    public override bool IsComplete(int batch) => !Results.HasLack;

    /// <inheritdoc/>
    public override void Grow(int batch)
    {
        var room = _finder.RoomFor(_needed.Batch, _needed.Head);
        var most = _finder.MostOf(room);
        try
        {
            _finder.Need(_growth, room);
            Results.Need(_growth, room.Batch, most);
            NeedMore(_growth, room.Batch, most, _needed.Others);
            _growth.Commit();
        }
        finally
        {
            _growth.Discard();
        }

        (_finder.Room, Results.Most) = (room, most);
    }

    /// <summary>Wants room for what the task adds to the records.</summary>
    protected virtual void NeedMore(GpuGrowth growth, int batch, int most, int others)
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _finder.Dispose();
        Results.Dispose();
    }

    private GpuYoloHead HeadOf(in GpuHeads heads, int others)
    {
        var shape = heads.Shapes[0];
        var problem = shape.Length != 3 || shape[0] != heads.Batch ? "must have three dimensions and that batch"
            : _head.Problem(shape[1], shape[2], others, Labels.Count);
        if (problem is not null) throw Labels.Unexpected(0, shape, heads.Batch, problem);
        return new(heads.Outputs[0], _form, (int)shape[1], (int)shape[2], others);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(
        GpuYoloHead Head, nint Frames, nint Counts, nint Kept, nint Results, long Words, int Most, int RecordWords,
        int Points, int PointValues, int IsRotated);
}
