namespace TrtBindings.Vision;

/// <summary>Finds objects with key points with a YOLO pose model (YOLOv8, YOLO11, YOLO12, YOLO26).</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloPoseEngine<TLabel> : YoloEngine<YoloPose<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly int _values;
    private KeyPoint[] _shared = [];

    internal YoloPoseEngine(IYoloPoseModel<TLabel> model, YoloOptions options)
        : base(new(model, "YOLO pose", model.Form, model.KeyPointCount * model.KeyPointValues, options))
    {
        (KeyPointCount, _values) = (model.KeyPointCount, model.KeyPointValues);
        if (KeyPointCount < 1 || _values is < 2 or > 3)
        {
            throw new TensorException(model.Signature.File,
                $"'{model.Signature.File}' has {KeyPointCount} key points of {_values} numbers; 2 or 3 are wanted.");
        }
    }

    /// <summary>Key points of one object.</summary>
    public int KeyPointCount { get; }

    private protected override void Read(int item, int batch, List<YoloPose<TLabel>> found, bool isShared)
    {
        var output = Finder.OutputOf(batch, item);
        var kept = Finder.Find(output);
        var points = isShared ? _shared : new KeyPoint[kept.Length * KeyPointCount];
        if (points.Length < kept.Length * KeyPointCount) points = _shared = new KeyPoint[kept.Length * KeyPointCount];
        ref readonly var geometry = ref Finder.GeometryOf(item);
        for (var i = 0; i < kept.Length; i++)
        {
            ref readonly var one = ref kept[i];
            var own = points.AsMemory(i * KeyPointCount, KeyPointCount);
            Read(output, one.Source, geometry, own.Span);
            found.Add(new(
                EnumLabel.Of<TLabel>(one.ClassIndex), one.ClassIndex, one.Score, geometry.ToImage(one.Box), own));
        }
    }

    /// <summary>The points of one object, to the image and clipped each for itself.</summary>
    private void Read(in YoloOutput output, int source, in LetterboxGeometry geometry, Span<KeyPoint> points)
    {
        var isDense = Finder.Form == YoloForm.Dense;
        // Dense: one column, a number in each row. End-to-end: one row.
        var (start, step) = isDense
            ? (((4 + output.Classes) * output.Columns) + source, output.Columns)
            : ((source * output.Columns) + 6, 1);
        for (var i = 0; i < points.Length; i++)
        {
            var at = start + (i * _values * step);
            var (x, y) = geometry.ToImage(output.Values[at], output.Values[at + step]);
            points[i] = new(x, y, _values == 3 ? output.Values[at + (2 * step)] : null);
        }
    }
}
