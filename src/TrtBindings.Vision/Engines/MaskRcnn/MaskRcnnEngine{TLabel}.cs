namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a Mask R-CNN: resizing as the model's exporter wants it, model, boxes back to the picture,
/// masks pasted as Detectron2 or torchvision does, whichever the model is of. One call at a time:
/// another meanwhile gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class MaskRcnnEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly MaskRcnnLayout _layout;
    private readonly MaskRcnnPipeline _pipeline;
    private readonly ImageRunner _runner;
    private readonly MaskRcnnGeometry[] _geometries;

    internal MaskRcnnEngine(IMaskRcnnModel<TLabel> model, MaskRcnnOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _layout = MaskRcnnLayout.Of(model.Signature, model.Description, model.Form, options);
        _pipeline = new(options, _layout);
        _geometries = new MaskRcnnGeometry[MaxBatch];
        _runner = new(model, _layout.Input, nameof(MaskRcnnOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public MaskRcnnOptions Options { get; }

    /// <summary>What the model takes and gives.</summary>
    public MaskRcnnForm Form => _layout.Form;

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => _layout.Input.MaxBatch;

    /// <summary>Width that the model runs at, in pixels; <see langword="null"/> where each picture's own size decides.</summary>
    public int? InputWidth => _layout.IsCanvas ? _layout.Input.Width : null;

    /// <summary>Height that the model runs at; otherwise as <see cref="InputWidth"/>.</summary>
    public int? InputHeight => _layout.IsCanvas ? _layout.Input.Height : null;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => _runner.LastTimings;

    /// <summary>Finds the instances in one image, best scores first.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">
    /// The model takes pictures of another size only, or gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<MaskRcnnDetection<TLabel>> Detect(ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        var batch = Run(image, cancellationToken);
        var found = Read(batch, 0, null);
        var detections = new MaskRcnnDetection<TLabel>[found.Length];
        for (var i = 0; i < found.Length; i++) detections[i] = Labelled(found[i]);
        End();
        return detections;
    }

    /// <summary>
    /// As the other overloads, into memory of the caller, which allocates nothing once it has room and the model has run at
    /// the size.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="detections">Takes the instances in place of what it holds; unchanged if the call fails.</param>
    /// <param name="masks">Where their masks live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">
    /// The model takes pictures of another size only, or gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ImageView image, List<MaskRcnnDetection<TLabel>> detections, MaskBuffer masks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(detections);
        ArgumentNullException.ThrowIfNull(masks);
        using var call = _runner.Enter();
        var batch = Run(image, cancellationToken);
        masks.Reset();
        var found = Read(batch, 0, masks);
        foreach (ref readonly var instance in found) _layout.LabelOf(instance.ClassIndex);
        detections.Clear();
        foreach (ref readonly var instance in found) detections.Add(Labelled(instance));
        End();
    }

    /// <summary>
    /// Finds the instances in several images with one run of the model: one list for each, in order. The engine gives the
    /// same result for the same model outputs wherever an image stands in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, a picture of a size that the model does not take, or the model gave a shape
    /// or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<MaskRcnnDetection<TLabel>>> Detect(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        // A model of one image at a time is told by the message that it is.
        if (images.Length == 1) return [Detect(images[0].View, cancellationToken)];
        using var call = _runner.Enter();
        _runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++)
        {
            _geometries[i] = _pipeline.Place(images[i]);
            _pipeline.Preprocess(images[i], _geometries[i], _runner.ImageAt(i));
        }

        var batch = _runner.Run(images.Length, MaskRcnnPipeline.Filler, cancellationToken);
        var all = new IReadOnlyList<MaskRcnnDetection<TLabel>>[images.Length];
        for (var i = 0; i < all.Length; i++)
        {
            var found = Read(batch, i, null);
            var detections = new MaskRcnnDetection<TLabel>[found.Length];
            for (var k = 0; k < found.Length; k++) detections[k] = Labelled(found[k]);
            all[i] = detections;
        }

        End();
        return all;
    }

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose() => _runner.Dispose();

    /// <summary>Runs the model on one image; gives the number of images that it ran.</summary>
    private int Run(ImageView image, CancellationToken cancellationToken)
    {
        var geometry = _pipeline.Place(image);
        _runner.Begin(1, geometry.Placement.InputWidth, geometry.Placement.InputHeight);
        _geometries[0] = geometry;
        _pipeline.Preprocess(image, geometry, _runner.ImageAt(0));
        return _runner.Run(1, MaskRcnnPipeline.Filler, cancellationToken);
    }

    private ReadOnlySpan<MaskRcnnInstance> Read(int batch, int item, MaskBuffer? masks) =>
        _pipeline.Postprocess(MaskRcnnReader.Read(Form, _runner.Outputs, batch, item), _geometries[item], masks);

    private MaskRcnnDetection<TLabel> Labelled(in MaskRcnnInstance instance) => new(
        EnumLabel.Of<TLabel>(_layout.LabelOf(instance.ClassIndex)), instance.ClassIndex, instance.Score, instance.Box,
        instance.Mask);

    private void End()
    {
        _pipeline.Release();
        _runner.End();
    }
}
