using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// Makes the results of a <see cref="ScrfdEngine"/> with kernels. The factor back to the image is <see cref="GpuFrame.GainY"/>,
/// which is <see cref="ScrfdGeometry.Scale"/>.
/// </summary>
/// <param name="kernels">The kernels.</param>
/// <param name="options">The engine's options.</param>
/// <param name="form">Form of the outputs.</param>
/// <param name="inputWidth">Width of the model's input.</param>
/// <param name="inputHeight">Height of the model's input.</param>
/// <param name="isBatched">Whether outputs are [batch, rows, values] and not [rows, values].</param>
/// <param name="labels">Names the outputs in errors.</param>
internal sealed class GpuScrfdFaces(
    KernelSet kernels, ScrfdOptions options, ScrfdForm form, int inputWidth, int inputHeight, bool isBatched, ClassLabels labels)
    : GpuPostprocessor<List<FaceDetection>>
{
    private const int Threads = 256;
    private const int SuppressThreads = 512;
    private const int KeyPointNumbers = 10;
    private const int Found = 32;

    private readonly ScrfdGrid _grid = GridOf(form);
    private readonly GpuKernel _list = kernels["scrfdCandidates"];
    private readonly GpuKernel _order = kernels["scrfdOrder"];
    private readonly GpuKernel _suppress = kernels["scrfdSuppress"];
    private readonly GpuKernel _write = kernels["scrfdResults"];
    private readonly GpuGrowth _growth = new();
    private readonly GpuRoom _counts = new(kernels);
    private readonly GpuRoom _keys = new(kernels);
    private readonly GpuRoom _ordered = new(kernels);
    private readonly GpuRoom _kept = new(kernels);
    private readonly int _rows = new GpuScrfdHead(
        new GpuOutput[GridOf(form).Outputs], GridOf(form), inputWidth, inputHeight).Rows;

    private readonly FoundResults _results = new(kernels, GridOf(form).HasKeyPoints ? KeyPointNumbers : 0);

    /// <inheritdoc/>
    public override bool Reserve(ReadOnlySpan<GpuFrame> frames)
    {
        nint batch = frames.Length;
        try
        {
            _growth.Add(_counts, batch * Marshal.SizeOf<FoundCounts>());
            _growth.Add(_keys, batch * _rows * sizeof(ulong));
            _growth.Add(_ordered, batch * _rows * Found);
            _growth.Add(_kept, batch * _rows * Found);
            _results.Need(_growth, frames.Length, _rows);
            _results.Most = _rows;
            return _growth.Commit();
        }
        finally
        {
            _growth.Discard();
        }
    }

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        Check(heads);
        var head = new GpuScrfdHead(heads.Outputs, _grid, inputWidth, inputHeight);
        var arguments = new Arguments(
            head, heads.Frames, _keys.Address, _counts.Address, _ordered.Address, _kept.Address, _results.Address, _results.Words,
            options.Confidence, options.Iou, _results.RecordWords, 0);
        var blocks = new GpuGrid(GpuGrid.Blocks(head.Rows, Threads), 1, heads.Batch);
        queue.Fill(_counts.Address, 0, heads.Batch * Marshal.SizeOf<FoundCounts>());
        queue.Launch(_list, blocks, Threads, arguments);
        queue.Launch(_order, blocks, Threads, arguments);
        queue.Launch(_suppress, new(1, 1, heads.Batch), SuppressThreads, arguments);
        queue.Launch(_write, new(1, 1, heads.Batch), Threads, arguments);
        _results.Queue(queue, heads.Batch);
    }

    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<FaceDetection> result, ResultBuffer? buffer)
    {
        var count = _results.CountOf(item);
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var one = ref _results[item, i];
            result.Add(new(one.Score, one.Box, _grid.HasKeyPoints ? PointsOf(_results.AddedOf(item, i)) : null));
        }

        if (options.MaxFaces is not { } most || count <= most) return;
        FaceSelection.Run(CollectionsMarshal.AsSpan(result), most, options.Ranking, frame.Width, frame.Height);
        CollectionsMarshal.SetCount(result, most);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var room in (ReadOnlySpan<GpuRoom>)[_counts, _keys, _ordered, _kept]) room.Dispose();
        _results.Dispose();
    }

    private static ScrfdGrid GridOf(ScrfdForm form) => ScrfdGrid.All.Single(one => one.Form == form.ToString());

    private static FaceKeyPoints PointsOf(ReadOnlySpan<float> numbers) => new(
        new(numbers[0], numbers[1]), new(numbers[2], numbers[3]), new(numbers[4], numbers[5]), new(numbers[6], numbers[7]),
        new(numbers[8], numbers[9]));

    private void Check(in GpuHeads heads)
    {
        for (var i = 0; i < _grid.Outputs; i++)
        {
            var (group, level) = (i / _grid.Levels, i % _grid.Levels);
            var shape = heads.Shapes[i];
            var (rows, values) = (_grid.RowsOf(level, inputHeight, inputWidth), ScrfdGrid.ValuesOf(group));
            var isRight = isBatched
                ? shape.Length == 3 && shape[0] == heads.Batch && shape[1] == rows && shape[2] == values
                : shape.Length == 2 && heads.Batch == 1 && shape[0] == rows && shape[1] == values;
            if (isRight) continue;
            var problem = ScrfdLayout.Wanted(_grid, level, values, inputWidth, inputHeight);
            throw labels.Unexpected(i, shape, heads.Batch, problem);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Arguments(
        GpuScrfdHead Head, nint Frames, nint Keys, nint Counts, nint Ordered, nint Kept, nint Results, long Words,
        float Confidence, float Iou, int RecordWords, int Unused);
}
