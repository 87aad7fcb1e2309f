using System.Diagnostics;

namespace TrtBindings.Vision;

/// <summary>
/// Finds instances in pictures with a YOLO-seg model (YOLOv8, YOLO11, YOLO12, YOLO26): letterbox, model, decoding,
/// suppression, masks. Results equal Ultralytics' 8.4.190; classes are kept apart exactly in suppression, where
/// Ultralytics loses up to 1/16 pixel. Not thread-safe: one call at a time for an engine; several engines may share
/// one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class YoloSegEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly IYoloSegModel<TLabel> _model;
    private readonly YoloSegLayout _layout;
    private readonly YoloSegPipeline _pipeline;
    private readonly ModelInputs _inputs;
    private readonly ModelOutputs _outputs;
    private readonly InputTensor<float> _images;
    private readonly OutputTensor<float> _predictions;
    private readonly OutputTensor<float> _prototypes;
    private readonly long[][] _dimensions;
    private readonly LetterboxGeometry[] _geometries;
    private long _started;
    private long _prepared;
    private long _ran;

    internal YoloSegEngine(IYoloSegModel<TLabel> model, YoloSegOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        _model = model;
        Options = options;
        _layout = YoloSegLayout.Of(model.Signature, model.Description, model.Form, options);
        _pipeline = new(options, _layout.InputWidth, _layout.InputHeight);
        _geometries = new LetterboxGeometry[MaxBatch];
        _dimensions = new long[MaxBatch + 1][];
        for (var batch = 1; batch <= MaxBatch; batch++)
            _dimensions[batch] = _layout.ValuesOf(model.Signature.InputDimensions, batch);
        _inputs = model.CreateInputs(_dimensions[MaxBatch]);
        try
        {
            _outputs = model.CreateOutputs(_layout.ValuesOf(model.Signature.OutputDimensions, MaxBatch));
        }
        catch
        {
            _inputs.Dispose();
            throw;
        }

        _images = (InputTensor<float>)_inputs.Tensors[0];
        _predictions = (OutputTensor<float>)_outputs.Tensors[0];
        _prototypes = (OutputTensor<float>)_outputs.Tensors[1];
    }

    /// <summary>What this engine keeps and returns.</summary>
    public YoloSegOptions Options { get; }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => _layout.MaxBatch;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.InputWidth;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.InputHeight;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public YoloSegTimings LastTimings { get; private set; }

    /// <summary>Finds the instances in one image, best scores first.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<YoloSegDetection<TLabel>> Detect(
        ImageView image, CancellationToken cancellationToken = default)
    {
        Begin(1);
        Load(image, 0);
        var batch = Run(1, cancellationToken);
        var found = Read(0, batch);
        End();
        return found;
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
        Begin(images.Length);
        for (var i = 0; i < images.Length; i++) Load(images[i], i);
        var batch = Run(images.Length, cancellationToken);
        var found = new IReadOnlyList<YoloSegDetection<TLabel>>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(i, batch);
        End();
        return found;
    }

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        _inputs.Dispose();
        _outputs.Dispose();
    }

    private void Begin(int images)
    {
        _started = Stopwatch.GetTimestamp();
        if (images < 1 || images > MaxBatch)
        {
            throw new TensorException("batch", $"A call takes 1 to {MaxBatch} images, not {images}. "
                + (_layout.IsBatchFixed
                    ? "The model was exported for that batch."
                    : "YoloSegOptions.MaxBatch sets the limit."));
        }

        _model.Resize(_inputs, _dimensions[_layout.IsBatchFixed ? MaxBatch : images]);
    }

    private void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(
            image, _images.Span.Slice(index * _pipeline.InputLength, _pipeline.InputLength));

    /// <summary>Runs the model; gives the number of images that it ran, padding included.</summary>
    private int Run(int images, CancellationToken cancellationToken)
    {
        LetterboxResizer.FillWithPadding(_images.Span[(images * _pipeline.InputLength)..]);
        _prepared = Stopwatch.GetTimestamp();
        _model.Run(_inputs, _outputs, cancellationToken);
        _ran = Stopwatch.GetTimestamp();
        return _layout.IsBatchFixed ? MaxBatch : images;
    }

    private YoloSegDetection<TLabel>[] Read(int item, int batch)
    {
        var head = _layout.HeadOf(_predictions, _prototypes, batch, item);
        var instances = _pipeline.Postprocess(head, _geometries[item]);
        var found = new YoloSegDetection<TLabel>[instances.Length];
        for (var i = 0; i < found.Length; i++)
        {
            ref readonly var instance = ref instances[i];
            CheckClass(instance.ClassIndex);
            found[i] = new(
                EnumLabel.Of<TLabel>(instance.ClassIndex), instance.ClassIndex, instance.Score, instance.Box,
                instance.Mask);
        }

        return found;
    }

    /// <summary>Only an end-to-end head states its classes as numbers, which can be anything.</summary>
    private void CheckClass(int index)
    {
        if (index >= 0 && (_layout.ClassCount == 0 || index < _layout.ClassCount)) return;
        throw new TensorException(_predictions.Name,
            $"'{_predictions.Name}' names class {index}, but the model has {_layout.ClassCount} labels.");
    }

    private void End()
    {
        _pipeline.Release();
        LastTimings = new(
            Stopwatch.GetElapsedTime(_started, _prepared), Stopwatch.GetElapsedTime(_prepared, _ran),
            Stopwatch.GetElapsedTime(_ran));
    }
}
