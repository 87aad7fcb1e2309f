namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a YOLO-seg model (YOLOv8, YOLO11, YOLO12, YOLO26): letterbox, model, decoding,
/// suppression, masks. Results equal Ultralytics' 8.4.190; classes are kept apart exactly in suppression, where
/// Ultralytics loses up to 1/16 pixel. One call at a time: another meanwhile gets <see cref="EngineInUseException"/>; several
/// engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloSegEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly YoloSegLayout _layout;
    private readonly YoloSegPipeline _pipeline;
    private readonly ImageRunner _runner;
    private readonly LetterboxGeometry[] _geometries;
    private readonly List<YoloSegDetection<TLabel>> _found = [];

    internal YoloSegEngine(IYoloSegModel<TLabel> model, YoloSegOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _layout = YoloSegLayout.Of(model.Signature, model.Description, model.Form, options);
        _pipeline = new(options, InputWidth, InputHeight);
        _geometries = new LetterboxGeometry[MaxBatch];
        _runner = new(model, _layout.Input, nameof(YoloSegOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public YoloSegOptions Options { get; }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => _layout.Input.MaxBatch;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.Input.Height;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => _runner.LastTimings;

    /// <summary>Finds the instances in one image, best scores first.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<YoloSegDetection<TLabel>> Detect(
        ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        var batch = Run(image, cancellationToken);
        var found = Read(0, batch);
        _runner.End();
        return found;
    }

    /// <summary>
    /// As the other overloads, into memory of the caller for the instances and for their masks: allocates nothing once it has
    /// room and the engine is warm.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the instances in place of what it holds; empty after an error.</param>
    /// <param name="masks">Where their masks live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ImageView image, List<YoloSegDetection<TLabel>> found, MaskBuffer masks, CancellationToken cancellationToken = default)
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
    /// Finds the instances in several images of any sizes with one run of the model: one list for each, in order. The
    /// engine gives the same result for the same model outputs wherever an image stands in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<YoloSegDetection<TLabel>>> Detect(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        var batch = Run(images, cancellationToken);
        var found = new IReadOnlyList<YoloSegDetection<TLabel>>[images.Length];
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
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<YoloSegDetection<TLabel>>> found, MaskBuffer masks,
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

    private void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(image, _runner.ImageAt(index));

    private int Run(ImageView image, CancellationToken cancellationToken)
    {
        _runner.Begin(1);
        Load(image, 0);
        return Run(1, cancellationToken);
    }

    private int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        _runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++) Load(images[i], i);
        return Run(images.Length, cancellationToken);
    }

    private int Run(int images, CancellationToken cancellationToken) =>
        _runner.Run(images, LetterboxResizer.PadValue / 255f, cancellationToken);

    private YoloSegDetection<TLabel>[] Read(int item, int batch)
    {
        _found.Clear();
        Read(item, batch, _found, null);
        var found = _found.ToArray();
        // Masks are memory that only their owner should keep.
        _found.Clear();
        return found;
    }

    private void Read(int item, int batch, List<YoloSegDetection<TLabel>> found, MaskBuffer? masks)
    {
        var instances = _pipeline.Postprocess(_layout.HeadOf(_runner.Outputs, batch, item), _geometries[item], masks);
        foreach (ref readonly var instance in instances) _layout.CheckClass(instance.ClassIndex);
        foreach (ref readonly var instance in instances)
        {
            found.Add(new(
                EnumLabel.Of<TLabel>(instance.ClassIndex), instance.ClassIndex, instance.Score, instance.Box, instance.Mask));
        }

        _pipeline.Release();
    }
}
