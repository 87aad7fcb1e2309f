using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Geometry;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Finds objects with key points with a YOLO pose model (YOLOv8, YOLO11, YOLO12, YOLO26).</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloPoseEngine<TLabel> : YoloEngine<YoloPose<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly int _values;

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

    /// <summary>
    /// As the other overloads, into memory of the caller for the poses and for their points: allocates nothing once it has room
    /// and the engine is warm.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the poses in place of what it holds; empty after an error.</param>
    /// <param name="points">Where their points live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ImageView image, List<YoloPose<TLabel>> found, KeyPointBuffer points, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        Fill(image, found, points, cancellationToken);
    }

    /// <summary>The same for several images with one run of the model; the buffer takes the points of all.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the poses of one image in place of what it holds; empty after an error.</param>
    /// <param name="points">Where their points live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than the engine takes, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<YoloPose<TLabel>>> found, KeyPointBuffer points,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        Fill(images, found, points, cancellationToken);
    }

    private protected override void Read(int item, int batch, List<YoloPose<TLabel>> found, IResultMemory? memory)
    {
        var output = Finder.OutputOf(batch, item);
        var kept = Finder.Find(output);
        var count = kept.Length * KeyPointCount;
        var room = ((KeyPointBuffer?)memory)?.Rent(count) ?? new KeyPoint[count];
        ref readonly var geometry = ref Finder.GeometryOf(item);
        for (var i = 0; i < kept.Length; i++)
        {
            ref readonly var one = ref kept[i];
            var own = room.Slice(i * KeyPointCount, KeyPointCount);
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
