using System.ComponentModel;
using TrtBindings.Vision.MaskRcnn;

namespace TrtBindings.Vision;

/// <summary>Makes engines for Mask R-CNN models. The compiler infers the label type and refuses any other model.</summary>
public static class MaskRcnnEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a Mask R-CNN model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">Only one of InputWidth and InputHeight is set.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static MaskRcnnEngine<TLabel> Create<TLabel>(IMaskRcnnModel<TLabel> model, MaskRcnnOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        options = OptionCheck.Copy(model, options);
        return new(MaskRcnnLayout.Of(model, model.Form, options), options);
    }

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a Mask R-CNN model, which has " + MaskRcnnRule.Wanted + ModelError.SeeSummary)]
    public static MaskRcnnEngine<NoLabel> Create(object model, MaskRcnnOptions? options = null) =>
        throw ModelError.NotOf(model, MaskRcnnRule.Instance);
}

/// <summary>
/// Finds objects and their masks with a Mask R-CNN. Images are resized, and masks pasted into the image, as Detectron2 or
/// torchvision does it, depending on <see cref="Form"/>.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class MaskRcnnEngine<TLabel> : DetectionEngine<InstanceDetection<TLabel>, MaskBuffer>
    where TLabel : unmanaged, Enum
{
    private readonly MaskRcnnLayout _layout;
    private readonly MaskRcnnPipeline _pipeline;
    private readonly MaskRcnnGeometry[] _geometries;

    internal MaskRcnnEngine(MaskRcnnLayout layout, MaskRcnnOptions options)
        : base(layout.Model, layout.Input, options, new MaskRcnnGpu<TLabel>(layout, options))
    {
        _layout = layout;
        _pipeline = new(options, layout.Form);
        _geometries = new MaskRcnnGeometry[MaxBatch];
    }

    /// <summary>The exporter's conventions that the model follows.</summary>
    public MaskRcnnForm Form => _layout.Form;

    private protected override bool FollowsImageSize => !_layout.IsCanvas;

    /// <inheritdoc/>
    public override (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight)
    {
        var placement = MaskRcnnGeometry.Of(_layout, imageWidth, imageHeight).Placement;
        return (placement.InputWidth, placement.InputHeight);
    }

    private protected override void Place(int width, int height, int index) =>
        _geometries[index] = MaskRcnnGeometry.Of(_layout, width, height);

    private protected override void Load(ImageView image, int index)
    {
        Place(image.Width, image.Height, index);
        _pipeline.Preprocess(image, _geometries[index], Runner.ImageAt(index));
    }

    private protected override void Read(int item, List<InstanceDetection<TLabel>> result, MaskBuffer? buffer)
    {
        var head = MaskRcnnReader.Read(_layout.Roles, Runner, item);
        _pipeline.Read(head, _geometries[item], _layout.Labels, result, buffer);
    }
}
