using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;
using TrtBindings.Vision.SemanticSegmentation;

namespace TrtBindings.Vision;

/// <summary>
/// Gives every pixel of a picture a class: resize, model, logits resized to the picture, best class of each pixel. Equal to
/// torch's <c>interpolate</c> and <c>argmax</c> but for pixels where two classes are within float rounding of each other. One
/// call at a time: another meanwhile gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class SemanticSegmentationEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly SegmentationLayout _layout;
    private readonly SemanticSegmentationForm _form;
    private readonly AntialiasedInput _input;
    private readonly ImageRunner _runner;
    private readonly ClassMapDecoder _decoder = new();
    private readonly string _lastOperator;
    private readonly bool _isSizeChosen;
    private readonly (int Width, int Height)[] _sizes;

    internal SemanticSegmentationEngine(
        ISemanticSegmentationModel<TLabel> model, SegmentationPreprocessing preprocessing, SemanticSegmentationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(preprocessing);
        options.Validate();
        preprocessing.Validate();
        (Options, Preprocessing, _form) = (options, preprocessing, model.Form);
        _layout = SegmentationLayout.Of(model.Signature, model.Description, model.Form, options);
        var isSizeOpen = _layout.Input.IsWidthOpen && _layout.Input.IsHeightOpen;
        if (isSizeOpen && options.InputWidth.HasValue != options.InputHeight.HasValue)
            throw new ArgumentException("InputWidth and InputHeight are given together or not at all.", nameof(options));
        var operators = model.Description.OutputOperators;
        _lastOperator = operators.Count > 0 ? operators[0] : "";
        _isSizeChosen = options.InputWidth is not null || options.InputHeight is not null;
        _input = new(_layout.Input, preprocessing.Encoding, preprocessing.Filter);
        _sizes = new (int, int)[MaxBatch];
        _runner = new(model, _layout.Input, nameof(SemanticSegmentationOptions));
    }

    /// <summary>What this engine takes and returns.</summary>
    public SemanticSegmentationOptions Options { get; }

    /// <summary>How pictures are prepared.</summary>
    public SegmentationPreprocessing Preprocessing { get; }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => _layout.Input.MaxBatch;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => _runner.LastTimings;

    /// <summary>The size that the model is run at for a picture of a size.</summary>
    /// <exception cref="ImageException">The picture is too extreme in shape.</exception>
    public (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight) =>
        Preprocessing.SizeOf(imageWidth, imageHeight, _layout.Input, _isSizeChosen);

    /// <summary>Gives every pixel of one image a class.</summary>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ClassMap<TLabel> Segment(ImageView image, CancellationToken cancellationToken = default)
    {
        var map = new ClassMap<TLabel>();
        Segment(image, map, cancellationToken);
        return map;
    }

    /// <summary>The same into a map of the caller's: allocates nothing once engine and map are warm.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">Takes the classes in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty, or too extreme in shape.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Segment(ImageView image, ClassMap<TLabel> map, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var call = _runner.Enter();
        map.Clear();
        image.ThrowIfEmpty();
        var (width, height) = InputSizeOf(image.Width, image.Height);
        _runner.Begin(1, width, height);
        Load(image, 0, width, height);
        var batch = _runner.Run(1, 0, cancellationToken);
        Read([map], batch);
        _runner.End();
    }

    /// <summary>
    /// Gives every pixel of several images a class with one run of the model: one map for each, in order. A result does not
    /// depend on an image's place in the batch. Where the model's input goes by the image's size, all must get the same one.
    /// </summary>
    /// <exception cref="ImageException">
    /// An image is empty or too extreme in shape, or two need inputs of different sizes.
    /// </exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ClassMap<TLabel>> Segment(ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        var maps = new ClassMap<TLabel>[images.Length];
        for (var i = 0; i < maps.Length; i++) maps[i] = new();
        Segment(images, maps, cancellationToken);
        return maps;
    }

    /// <summary>The same into maps of the caller's, one for each image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="maps">Each takes the classes of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many maps as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">
    /// An image is empty or too extreme in shape, or two need inputs of different sizes.
    /// </exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Segment(
        ReadOnlySpan<Image> images, ReadOnlySpan<ClassMap<TLabel>> maps, CancellationToken cancellationToken = default)
    {
        OwnResults.Check(images.Length, maps, nameof(maps));
        using var call = _runner.Enter();
        foreach (var map in maps) map.Clear();
        var (width, height) = SharedSize(images);
        _runner.Begin(images.Length, width, height);
        for (var i = 0; i < images.Length; i++)
        {
            Load(images[i], i, width, height);
            images[i].KeepAlive();
        }

        var batch = _runner.Run(images.Length, 0, cancellationToken);
        Read(maps, batch);
        _runner.End();
    }

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose() => _runner.Dispose();

    private (int Width, int Height) SharedSize(ReadOnlySpan<Image> images)
    {
        var size = (_layout.Input.Width, _layout.Input.Height);
        for (var i = 0; i < images.Length; i++)
        {
            images[i].View.ThrowIfEmpty();
            var own = InputSizeOf(images[i].Width, images[i].Height);
            if (i > 0 && own != size)
            {
                throw new ImageException($"Image {i} needs an input of {own.Width} x {own.Height}, those before it one of "
                    + $"{size.Width} x {size.Height}. Run them apart, or choose InputWidth and InputHeight.");
            }

            size = own;
        }

        return size;
    }

    private void Load(ImageView image, int index, int width, int height)
    {
        _input.Run(image, CropGeometry.Stretched(width, height), _runner.ImageAt(index));
        _sizes[index] = (image.Width, image.Height);
    }

    private void Read(ReadOnlySpan<ClassMap<TLabel>> maps, int batch)
    {
        try
        {
            for (var i = 0; i < maps.Length; i++) Read(i, batch, maps[i]);
        }
        catch
        {
            foreach (var map in maps) map.Clear();
            throw;
        }
    }

    private void Read(int item, int batch, ClassMap<TLabel> map)
    {
        var output = _runner.Outputs[0];
        var (classes, gridHeight, gridWidth) = _layout.SizeOf(output, batch);
        var (width, height) = Options.Space == ClassMapSpace.Image ? _sizes[item] : (gridWidth, gridHeight);
        var values = map.Begin(width, height, _layout.FirstLabel);
        var length = classes * gridHeight * gridWidth;
        if (_form == SemanticSegmentationForm.LabelMap)
        {
            LabelMapReader.Read(output, item * length, gridWidth, gridHeight, values, width, height);
        }
        else
        {
            var span = ((OutputTensor<float>)output).Span.Slice(item * length, length);
            var threshold = classes == 1 ? Options.Threshold ?? PlaneThreshold.Of(_lastOperator, span) : 0;
            _decoder.Decode(new(span, classes, gridHeight, gridWidth), threshold, values, width, height);
        }

        map.Count();
    }
}
