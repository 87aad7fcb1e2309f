using System.ComponentModel;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Makes engines for YOLO pose models. The compiler infers the label type and refuses any other model.</summary>
public static class YoloPoseEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a YOLO pose model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static YoloPoseEngine<TLabel> Create<TLabel>(IYoloPoseModel<TLabel> model, YoloOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        var (points, values) = (model.KeyPointCount, model.KeyPointValues);
        ModelError.ThrowIf(model, YoloRule.Pose, points >= 1 && values is 2 or 3 ? null
            : $"it declares {points} key points of {values} numbers, and must have at least 1, of 2 or 3 numbers");
        return new(YoloLayout.Of(model, YoloRule.Pose, model.Form, points * values, options), options, points, values);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a YOLO pose model, which has " + YoloRule.PoseShapes + ModelError.SeeSummary)]
    public static YoloPoseEngine<NoLabel> Create(object model, YoloOptions? options = null) =>
        throw ModelError.NotOf(model, YoloRule.Pose);
}

/// <summary>
/// Finds objects and their key points with a YOLO pose model (YOLOv8, YOLO11, YOLO12, YOLO26). Results equal those of
/// Ultralytics 8.4.190.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloPoseEngine<TLabel> : DetectionEngine<YoloPose<TLabel>, KeyPointBuffer>
    where TLabel : unmanaged, Enum
{
    private readonly YoloLayout _layout;
    private readonly YoloPipeline _pipeline;
    private readonly int _values;

    internal YoloPoseEngine(YoloLayout layout, YoloOptions options, int points, int values)
        : base(layout.Model, layout.Input, options, new YoloPoseGpu<TLabel>(layout, options, points, values))
    {
        _layout = layout;
        _pipeline = new(
            options, layout.Input.Width, layout.Input.Height, MaxBatch, form: layout.Form, channels: layout.Input.Channels,
            stride: layout.Input.Stride);
        (KeyPointCount, _values) = (points, values);
    }

    /// <summary>Number of key points of one object.</summary>
    public int KeyPointCount { get; }

    private protected override float Filler => _pipeline.Filler;

    private protected override void Load(ImageView image, int index) =>
        _pipeline.Load(image, Runner.ImageAt(index), index);

    private protected override void Place(int width, int height, int index) => _pipeline.Place(width, height, index);

    private protected override void Read(int item, List<YoloPose<TLabel>> result, KeyPointBuffer? buffer)
    {
        var output = _layout.PredictionsOf(Runner, item);
        var kept = _pipeline.Find(output);
        var count = kept.Length * KeyPointCount;
        var room = buffer?.Rent(count) ?? new DetectionKeyPoint[count];
        ref readonly var geometry = ref _pipeline.GeometryOf(item);
        result.EnsureCapacity(kept.Length);
        for (var i = 0; i < kept.Length; i++)
        {
            ref readonly var one = ref kept[i];
            var points = room.Slice(i * KeyPointCount, KeyPointCount);
            Read(output, one.Source, geometry, points.Span);
            var label = _layout.Labels.Of<TLabel>(one.ClassIndex);
            result.Add(new(label, one.ClassIndex, one.Score, geometry.ToImage(one.Box), points));
        }
    }

    /// <summary>Reads the points of one object; each is clipped to the image.</summary>
    private void Read(in YoloOutput output, int source, in LetterboxGeometry geometry, Span<DetectionKeyPoint> points)
    {
        for (var i = 0; i < points.Length; i++)
        {
            var first = i * _values;
            var (x, y) = geometry.ToImage(output.Other(source, first), output.Other(source, first + 1));
            points[i] = new(x, y, _values == 3 ? output.Other(source, first + 2) : null);
        }
    }
}
