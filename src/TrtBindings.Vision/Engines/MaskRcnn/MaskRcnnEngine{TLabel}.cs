namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a Mask R-CNN: resizing as the model's exporter wants it, model, boxes back to the picture,
/// masks pasted as Detectron2 or torchvision does, whichever the model is of. One call at a time: another meanwhile gets
/// <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class MaskRcnnEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly MaskRcnnLayout _layout;
    private readonly MaskRcnnPipeline _pipeline;
    private readonly ImageRunner _runner;
    private readonly MaskRcnnGeometry[] _geometries;
    private readonly List<MaskRcnnDetection<TLabel>> _found = [];

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
        var found = Read(0, batch);
        _runner.End();
        return found;
    }

    /// <summary>
    /// As the other overloads, into memory of the caller, which allocates nothing once it has room and the model has run at
    /// the size.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the instances in place of what it holds; empty after an error.</param>
    /// <param name="masks">Where their masks live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">
    /// The model takes pictures of another size only, or gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ImageView image, List<MaskRcnnDetection<TLabel>> found, MaskBuffer masks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(masks);
        using var call = _runner.Enter();
        found.Clear();
        var batch = Run(image, cancellationToken);
        masks.Reset();
        Read(0, batch, found, masks);
        _runner.End();
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
        using var call = _runner.Enter();
        var batch = Run(images, cancellationToken);
        var found = new IReadOnlyList<MaskRcnnDetection<TLabel>>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(i, batch);
        _runner.End();
        return found;
    }

    /// <summary>The same into memory of the caller's: one list for each image, and one buffer for the masks of all.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the instances of one image in place of what it holds; empty after an error.</param>
    /// <param name="masks">Where their masks live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, a picture of a size that the model does not take, or the model gave a shape
    /// or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<MaskRcnnDetection<TLabel>>> found, MaskBuffer masks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = _runner.Enter();
        OwnResults.Clear(found);
        var batch = Run(images, cancellationToken);
        masks.Reset();
        try
        {
            for (var i = 0; i < found.Length; i++) Read(i, batch, found[i], masks);
        }
        catch
        {
            OwnResults.Clear(found);
            throw;
        }

        _runner.End();
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

    private int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        // One image alone may have a size of its own.
        if (images.Length == 1) return Run(images[0].View, cancellationToken);
        _runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++)
        {
            _geometries[i] = _pipeline.Place(images[i]);
            _pipeline.Preprocess(images[i], _geometries[i], _runner.ImageAt(i));
        }

        return _runner.Run(images.Length, MaskRcnnPipeline.Filler, cancellationToken);
    }

    private MaskRcnnDetection<TLabel>[] Read(int item, int batch)
    {
        _found.Clear();
        Read(item, batch, _found, null);
        var found = _found.ToArray();
        // Masks are memory that only their owner should keep.
        _found.Clear();
        return found;
    }

    private void Read(int item, int batch, List<MaskRcnnDetection<TLabel>> found, MaskBuffer? masks)
    {
        var head = MaskRcnnReader.Read(Form, _runner.Outputs, batch, item);
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
}
