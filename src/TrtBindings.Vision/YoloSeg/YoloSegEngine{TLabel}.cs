using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;
using TrtBindings.Vision.YoloSeg;

namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a YOLO-seg model (YOLOv8, YOLO11, YOLO12, YOLO26): letterbox, model, decoding,
/// suppression, masks. Results equal Ultralytics' 8.4.190; classes are kept apart exactly in suppression, where
/// Ultralytics loses up to 1/16 pixel. One call at a time: another meanwhile gets <see cref="EngineInUseException"/>; several
/// engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloSegEngine<TLabel> : InstanceEngine<YoloSegDetection<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly YoloSegLayout _layout;
    private readonly YoloSegPipeline _pipeline;
    private readonly LetterboxGeometry[] _geometries;

    internal YoloSegEngine(IYoloSegModel<TLabel> model, YoloSegOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _layout = YoloSegLayout.Of(model.Signature, model.Description, model.Form, options);
        _pipeline = new(options, InputWidth, InputHeight);
        _geometries = new LetterboxGeometry[_layout.Input.MaxBatch];
        Runner = new(model, _layout.Input, nameof(YoloSegOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public YoloSegOptions Options { get; }

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.Input.Height;

    private protected override ImageRunner Runner { get; }

    private protected override float Filler => LetterboxResizer.PadValue / 255f;

    private protected override void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(image, Runner.ImageAt(index));

    private protected override void Read(
        int item, int batch, List<YoloSegDetection<TLabel>> found, MaskBuffer? masks)
    {
        var instances = _pipeline.Postprocess(_layout.HeadOf(Runner.Outputs, batch, item), _geometries[item], masks);
        foreach (ref readonly var instance in instances) _layout.CheckClass(instance.ClassIndex);
        foreach (ref readonly var instance in instances)
        {
            found.Add(new(
                EnumLabel.Of<TLabel>(instance.ClassIndex), instance.ClassIndex, instance.Score, instance.Box, instance.Mask));
        }

        _pipeline.Release();
    }
}
