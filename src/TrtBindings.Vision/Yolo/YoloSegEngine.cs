using System.ComponentModel;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>Makes engines for YOLO-seg models. The compiler infers the label type and refuses any other model.</summary>
public static class YoloSegEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a YOLO-seg model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static YoloSegEngine<TLabel> Create<TLabel>(IYoloSegModel<TLabel> model, YoloSegOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        return new(YoloLayout.Of(model, YoloRule.Seg, model.Form, null, options), options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a YOLO-seg model, which has " + YoloRule.SegShapes + ModelError.SeeSummary)]
    public static YoloSegEngine<NoLabel> Create(object model, YoloSegOptions? options = null) =>
        throw ModelError.NotOf(model, YoloRule.Seg);
}

/// <summary>
/// Finds objects and their masks with a YOLO-seg model (YOLOv8, YOLO11, YOLO12, YOLO26). Results equal those of Ultralytics
/// 8.4.190: finds without a pixel in their mask are dropped, unless no masks are made. Boxes are clipped to the image.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloSegEngine<TLabel> : DetectionEngine<InstanceDetection<TLabel>, MaskBuffer>
    where TLabel : unmanaged, Enum
{
    private readonly YoloLayout _layout;
    private readonly YoloSegPipeline _pipeline;

    internal YoloSegEngine(YoloLayout layout, YoloSegOptions options)
        : base(layout.Model, layout.Input, options, new YoloSegGpu<TLabel>(layout, options))
    {
        _layout = layout;
        _pipeline = new(
            options, layout.Input.Width, layout.Input.Height, MaxBatch, form: layout.Form, channels: layout.Input.Channels,
            stride: layout.Input.Stride);
    }

    private protected override float Filler => _pipeline.Filler;

    private protected override void Load(ImageView image, int index) =>
        _pipeline.Load(image, Runner.ImageAt(index), index);

    private protected override void Place(int width, int height, int index) => _pipeline.Place(width, height, index);

    private protected override void Read(int item, List<InstanceDetection<TLabel>> result, MaskBuffer? buffer) =>
        _pipeline.Read(_layout.HeadOf(Runner, item), _pipeline.GeometryOf(item), _layout.Labels, result, buffer);
}
