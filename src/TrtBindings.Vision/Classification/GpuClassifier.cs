using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Classification;

/// <summary>
/// Scores and best classes by kernels, as <see cref="ClassScoring"/>. Scores are within one rounding of the CPU's, because its
/// exponential is the system's; classes whose scores the CPU finds equal may be in another order only where it rounds two
/// different logits to one score.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
internal sealed class GpuClassifier<TLabel> : GpuPostprocessor<List<ClassificationResult<TLabel>>>
    where TLabel : unmanaged, Enum
{
    private const int Threads = 256;
    private const int NoteBytes = 2 * sizeof(int);

    private readonly ClassLabels _labels;
    private readonly int _labelCount;
    private readonly string _output;
    private readonly ClassScores _kind;
    private readonly int _top;
    private readonly int _batch;
    private readonly GpuKernel _score;
    private readonly GpuKernel _find;
    private readonly ResultRoom _room;
    private int _classes;
    private int _wanted;

    /// <summary>Makes room for the classes that the model declares.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="signature">The model.</param>
    /// <param name="kind">What the output holds.</param>
    /// <param name="top">The most classes of one image.</param>
    /// <param name="batch">The most images.</param>
    public GpuClassifier(KernelSet kernels, ModelSignature signature, ClassScores kind, int top, int batch)
    {
        (_labels, _labelCount, _kind, _top, _batch) = (new(signature), signature.Labels.Count, kind, top, batch);
        var output = signature.Outputs[0];
        _output = output.Name;
        (_score, _find) = (kernels["classScores"], kernels["bestClasses"]);
        _room = new(kernels);
        _wanted = Math.Max(1, (int)ClassificationRule.ClassesOf(TensorRules.Lengths(output)));
        Grow(batch);
    }

    /// <summary>Why this model's output is not read on a GPU; <see langword="null"/> if it is.</summary>
    public static string? WhyNot(ModelSignature signature) => GpuOutputs.FloatProblem(signature.Outputs[0]);

    /// <inheritdoc/>
    public override void Queue(GpuQueue queue, in GpuHeads heads)
    {
        var classes = ClassesOf(heads.Shapes[0], heads.Batch);
        if (classes > _classes)
        {
            _wanted = Math.Max(_wanted, classes);
            _room.QueueLack(queue, BestAt);
            return;
        }

        var (scores, best) = (_room.Device + ScoresAt, _room.Device + BestAt);
        var output = heads.Outputs[0];
        queue.Launch(_score, heads.Batch, Threads, new ScoreArguments(
            output.Address, scores, _room.Device, classes, output.IsHalf ? 1 : 0, (int)_kind));
        queue.Launch(_find, new(GpuGrid.Blocks(classes, Threads), heads.Batch), Threads, new BestArguments(
            scores, best, classes, Math.Min(_top, _classes)));
        _room.Download(queue, ScoresAt + ((nint)heads.Batch * classes * sizeof(float)));
    }

    /// <inheritdoc/>
    public override bool IsComplete(int batch) => _room.Read<int>(0, 1)[0] >= 0;

    /// <inheritdoc/>
    public override void Grow(int batch)
    {
        var most = Math.Min(_top, _wanted);
        _room.Ensure((nint)_batch * (NoteBytes + (sizeof(int) * (most + _wanted))));
        _classes = _wanted;
    }

    /// <inheritdoc/>
    public override void Read(
        int item, in GpuFrame frame, List<ClassificationResult<TLabel>> result, ResultBuffer? buffer)
    {
        var notes = _room.Read<int>(item * NoteBytes, 2);
        if (notes[1] != 0) throw ClassScoring.NotNumbers(_output, item);
        var scores = ScoresOf(item);
        var places = Math.Min(_top, _classes);
        var best = _room.Read<int>(BestAt + ((nint)item * places * sizeof(int)), Math.Min(places, scores.Length));
        result.EnsureCapacity(best.Length);
        foreach (var index in best) result.Add(new(_labels.Of<TLabel>(index), index, scores[index]));
    }

    /// <summary>The scores of all classes of an image, until the next run.</summary>
    public ReadOnlySpan<float> ScoresOf(int item)
    {
        var classes = _room.Read<int>(item * NoteBytes, 1)[0];
        return _room.Read<float>(ScoresAt + ((nint)item * classes * sizeof(float)), classes);
    }

    /// <inheritdoc/>
    public override void Dispose() => _room.Dispose();

    private nint BestAt => (nint)_batch * NoteBytes;

    private nint ScoresAt => BestAt + ((nint)_batch * Math.Min(_top, _classes) * sizeof(int));

    private int ClassesOf(ReadOnlySpan<nint> shape, int batch)
    {
        Span<long> lengths = stackalloc long[shape.Length];
        for (var axis = 0; axis < lengths.Length; axis++) lengths[axis] = shape[axis];
        var problem = lengths.Length > 0 && lengths[0] != batch ? "must have that batch"
            : ClassificationRule.SizeProblem(lengths, _labelCount);
        return problem is null ? (int)ClassificationRule.ClassesOf(lengths)
            : throw ModelError.Unexpected(_output, shape, batch, problem);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ScoreArguments(nint Values, nint Scores, nint Notes, int Classes, int IsHalf, int Kind);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct BestArguments(nint Scores, nint Best, int Classes, int Top);
}
