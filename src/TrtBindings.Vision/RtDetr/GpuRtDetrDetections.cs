using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.RtDetr;

/// <summary>Objects by kernels, equal to those of <see cref="RtDetrReader"/>.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
internal sealed class GpuRtDetrDetections<TLabel> : GpuPostprocessor<List<Detection<TLabel>>>
    where TLabel : unmanaged, Enum
{
    private const int Threads = 512;
    private static readonly int FindBytes = Unsafe.SizeOf<RtDetrFind>();

    private readonly ClassLabels _labels;
    private readonly string _output;
    private readonly bool _hasClass;
    private readonly RtDetrOptions _options;
    private readonly int _batch;
    private readonly GpuKernel _kernel;
    private readonly ResultRoom _results;
    private int _rows;
    private int _wanted;

    /// <summary>Makes room for the rows that the model declares.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="signature">The model.</param>
    /// <param name="hasClass">Whether a row ends in score and class, and not in a score for each class.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="batch">The most images.</param>
    public GpuRtDetrDetections(KernelSet kernels, ModelSignature signature, bool hasClass, RtDetrOptions options, int batch)
    {
        (_labels, _hasClass, _options, _batch) = (new(signature), hasClass, options, batch);
        var output = signature.Outputs[0];
        _output = output.Name;
        _kernel = kernels["rtDetr"];
        _results = new(kernels);
        _wanted = (int)Math.Clamp(output.Shape.Dimensions[1].Value, 1, 1 << 20);
        Grow(batch);
    }

    /// <summary>Why this model's output is not read on a GPU; <see langword="null"/> if it is.</summary>
    public static string? WhyNot(ModelSignature signature) => GpuOutputs.FloatProblem(signature.Outputs[0]);

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        var shape = heads.Shapes[0];
        var problem = shape.Length != 3 || shape[0] != heads.Batch ? "must have three dimensions and that batch"
            : RtDetrRule.SizeProblem(_hasClass, shape[2], _labels.Count);
        if (problem is not null) throw ModelError.Unexpected(_output, shape, heads.Batch, problem);
        var (rows, columns) = ((int)shape[1], (int)shape[2]);
        if (rows > _rows)
        {
            _wanted = Math.Max(_wanted, rows);
            _results.QueueLack(queue, FindsAt);
            return;
        }

        var output = heads.Outputs[0];
        queue.Launch(_kernel, heads.Batch, Threads, new Arguments
        {
            Frames = heads.Frames,
            Values = output.Address,
            Scores = _results.Device + ScoresAt,
            Finds = _results.Device + FindsAt,
            Counts = _results.Device,
            IsHalf = output.IsHalf ? 1 : 0,
            Rows = rows,
            Columns = columns,
            Most = Most,
            HasClass = _hasClass ? 1 : 0,
            AsksValues = _labels.Count == 0 ? 1 : 0,
            Confidence = _options.Confidence,
        });
        _results.Download(queue, FindsAt + ((nint)heads.Batch * Most * FindBytes));
    }

    /// <inheritdoc/>
    public override bool IsComplete(int batch) => _results.Read<int>(0, 1)[0] >= 0;

    /// <inheritdoc/>
    public override void Grow(int batch)
    {
        var bytes = (sizeof(float) * _wanted) + (FindBytes * Math.Min(_options.MaxDetections, _wanted));
        _results.Ensure(FindsAt + ((nint)_batch * bytes));
        _rows = _wanted;
    }

    /// <inheritdoc/>
    public override void Read(int item, in GpuFrame frame, List<Detection<TLabel>> result, ResultBuffer? buffer)
    {
        var count = _results.Read<int>(item * sizeof(int), 1)[0];
        result.EnsureCapacity(count);
        foreach (ref readonly var find in _results.Read<RtDetrFind>(FindsAt + ((nint)item * Most * FindBytes), count))
            result.Add(new(_labels.Of<TLabel>(find.ClassIndex), find.ClassIndex, find.Score, find.Box));
    }

    /// <inheritdoc/>
    public override void Dispose() => _results.Dispose();

    /// <summary>Objects for which there is room in each image.</summary>
    private int Most => Math.Min(_options.MaxDetections, _rows);

    private nint FindsAt => (nint)_batch * sizeof(int);

    /// <summary>Scores of all rows, which stay on the device.</summary>
    private nint ScoresAt => FindsAt + ((nint)_batch * Most * FindBytes);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct RtDetrFind(int ClassIndex, float Score, Box Box);

    [StructLayout(LayoutKind.Sequential)]
    private struct Arguments
    {
        public nint Frames;
        public nint Values;
        public nint Scores;
        public nint Finds;
        public nint Counts;
        public int IsHalf;
        public int Rows;
        public int Columns;
        public int Most;
        public int HasClass;
        public int AsksValues;
        public float Confidence;
    }
}
