using TrtBindings.Vision.Engines;
using TrtBindings.Vision.MaskRcnn;

namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a Mask R-CNN: resizing as the model's exporter wants it, model, boxes back to the picture,
/// masks pasted as Detectron2 or torchvision does, whichever the model is of. One call at a time: another meanwhile gets
/// <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class MaskRcnnEngine<TLabel> : InstanceEngine<MaskRcnnDetection<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly MaskRcnnLayout _layout;
    private readonly MaskRcnnPipeline _pipeline;
    private readonly MaskRcnnGeometry[] _geometries;

    internal MaskRcnnEngine(IMaskRcnnModel<TLabel> model, MaskRcnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _layout = MaskRcnnLayout.Of(model.Signature, model.Description, model.Form, options);
        _pipeline = new(options, _layout);
        _geometries = new MaskRcnnGeometry[_layout.Input.MaxBatch];
        Runner = new(model, _layout.Input, nameof(MaskRcnnOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public MaskRcnnOptions Options { get; }

    /// <summary>What the model takes and gives.</summary>
    public MaskRcnnForm Form => _layout.Form;

    /// <summary>Width that the model runs at, in pixels; <see langword="null"/> where each picture's own size decides.</summary>
    public int? InputWidth => _layout.IsCanvas ? _layout.Input.Width : null;

    /// <summary>Height that the model runs at; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight => _layout.IsCanvas ? _layout.Input.Height : null;

    private protected override ImageRunner Runner { get; }

    private protected override float Filler => MaskRcnnPipeline.Filler;

    private protected override int Run(ImageView image, CancellationToken cancellationToken)
    {
        var geometry = _pipeline.Place(image);
        Runner.Begin(1, geometry.Placement.InputWidth, geometry.Placement.InputHeight);
        Load(image, 0, geometry);
        return Runner.Run(1, Filler, cancellationToken);
    }

    // One image alone may have a size of its own.
    private protected override int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken) =>
        images.Length == 1 ? Run(images[0].View, cancellationToken) : base.Run(images, cancellationToken);

    private protected override void Load(ImageView image, int index) => Load(image, index, _pipeline.Place(image));

    private protected override void Read(
        int item, int batch, List<MaskRcnnDetection<TLabel>> found, MaskBuffer? masks)
    {
        var head = MaskRcnnReader.Read(Form, Runner.Outputs, batch, item);
        var instances = _pipeline.Postprocess(head, _geometries[item], masks);
        foreach (ref readonly var instance in instances) _layout.LabelOf(instance.ClassIndex);
        foreach (ref readonly var instance in instances)
        {
            found.Add(new(
                EnumLabel.Of<TLabel>(_layout.LabelOf(instance.ClassIndex)), instance.ClassIndex, instance.Score, instance.Box,
                instance.Mask));
        }

        _pipeline.Release();
    }

    private void Load(ImageView image, int index, MaskRcnnGeometry geometry)
    {
        _geometries[index] = geometry;
        _pipeline.Preprocess(image, geometry, Runner.ImageAt(index));
    }
}
