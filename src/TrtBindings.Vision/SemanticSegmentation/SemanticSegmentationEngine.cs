using System.ComponentModel;
using System.Runtime.CompilerServices;
using TrtBindings.Vision.SemanticSegmentation;

namespace TrtBindings.Vision;

/// <summary>
/// Makes engines for semantic segmentation models. The compiler infers the label type and refuses any other model.
/// </summary>
public static class SemanticSegmentationEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a segmentation model.</param>
    /// <param name="preprocessing">How images were prepared when the model was trained; the model's card says it.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">Only one of InputWidth and InputHeight is set.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static SemanticSegmentationEngine<TLabel> Create<TLabel>(
        ISemanticSegmentationModel<TLabel> model, SegmentationPreprocessing preprocessing,
        SemanticSegmentationOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        options = OptionCheck.Copy(model, options);
        preprocessing.Validate();
        var signature = model.Signature;
        ModelError.ThrowIf(
            model, SemanticSegmentationRule.Instance, SemanticSegmentationRule.InputProblem(signature.Inputs));
        var head = SegmentationHead.Of(model, options.Output);
        var input = ImageInput.Of(model, options, defaultSide: 520, oneImageReason: head.HasBatch ? null
            : $"'{signature.Outputs[head.Index].Name}' has no batch dimension, so a call takes one image.",
            isRectangular: options.Rectangular && preprocessing.Letterboxes);
        if (input.IsWidthOpen && input.IsHeightOpen && options.InputWidth.HasValue != options.InputHeight.HasValue)
            throw new ArgumentException("InputWidth and InputHeight are given together or not at all.", nameof(options));
        return new(model, head, input, preprocessing, options);
    }

    /// <summary>
    /// Makes an engine for a loaded model whose metadata says how images are prepared, as that of Ultralytics does. The engine
    /// does not dispose the model.
    /// </summary>
    /// <param name="model">A generated class of a segmentation model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">Only one of InputWidth and InputHeight is set.</exception>
    /// <exception cref="TensorException">
    /// The metadata does not say how images are prepared; or the model's tensors are not those of the family, or contradict an
    /// option.
    /// </exception>
    public static SemanticSegmentationEngine<TLabel> Create<TLabel>(
        ISemanticSegmentationModel<TLabel> model, SemanticSegmentationOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelError.ThrowIf(model, SemanticSegmentationRule.Instance, UltralyticsSays.Segments(model.Description) ? null
            : "its metadata does not say how images are prepared; pass a SegmentationPreprocessing");
        return Create(model, SegmentationPreprocessing.Ultralytics, options);
    }

    /// <inheritdoc cref="Create(object, SegmentationPreprocessing, SemanticSegmentationOptions?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a semantic segmentation model, which has " + SemanticSegmentationRule.Wanted
        + ModelError.SeeSummary)]
    public static SemanticSegmentationEngine<NoLabel> Create(object model, SemanticSegmentationOptions? options = null) =>
        throw ModelError.NotOf(model, SemanticSegmentationRule.Instance);

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a semantic segmentation model, which has " + SemanticSegmentationRule.Wanted
        + ModelError.SeeSummary)]
    public static SemanticSegmentationEngine<NoLabel> Create(
        object model, SegmentationPreprocessing preprocessing, SemanticSegmentationOptions? options = null) =>
        throw ModelError.NotOf(model, SemanticSegmentationRule.Instance);
}

/// <summary>
/// Gives every pixel of an image a class: resize, model, logits resized to the image, best class of each pixel. Equal to torch's
/// <c>interpolate</c> and <c>argmax</c>, except for pixels where two classes are within float rounding of each other.
/// <see cref="ImageEngine{TResult}"/> says what every call throws.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed partial class SemanticSegmentationEngine<TLabel> : ImageEngine<ClassMap<TLabel>>
    where TLabel : unmanaged, Enum
{
    private readonly int _labels;
    private readonly SegmentationHead _head;
    private readonly SemanticSegmentationOptions _options;
    private readonly ResizedInput _preprocessor;
    private readonly ClassMapDecoder _decoder = new();
    private readonly string _lastOperator;
    private readonly int? _shortSide;
    private readonly LetterboxGeometry[] _geometries;
    private float[] _cut = [];

    internal SemanticSegmentationEngine(
        ISemanticSegmentationModel<TLabel> model, SegmentationHead head, ImageInput input,
        SegmentationPreprocessing preprocessing, SemanticSegmentationOptions options)
        : base(model, input, options, new SegmentationGpu<TLabel>(model, input, preprocessing,
            ClassMapSource.Of(model, head, preprocessing, options), options.KeepMapsOnDevice,
            ShortSideOf(input, preprocessing, options)))
    {
        (Preprocessing, _options) = (preprocessing, options);
        (_labels, _head) = (model.Signature.Labels.Count, head);
        var operators = model.Description.OutputOperators;
        _lastOperator = operators.Count > head.Index ? operators[head.Index] : "";
        _shortSide = ShortSideOf(input, preprocessing, options);
        _preprocessor = new(input.Channels, isChannelsLast: false, preprocessing);
        _geometries = new LetterboxGeometry[MaxBatch];
    }

    /// <summary>How images are prepared.</summary>
    public SegmentationPreprocessing Preprocessing { get; }

    private protected override bool FollowsImageSize => _shortSide is not null || base.FollowsImageSize;

    /// <inheritdoc/>
    public override (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight) => _shortSide is { } side
        ? Preprocessing.SizeOf(imageWidth, imageHeight, side)
        : base.InputSizeOf(imageWidth, imageHeight);

    /// <summary>Gives every pixel of one image a class.</summary>
    public ClassMap<TLabel> Segment(ImageView image, CancellationToken cancellationToken = default) =>
        Run(image, cancellationToken);

    /// <summary>
    /// Gives every pixel of several images a class with one run of the model; one map for each image, in order. If the model's
    /// input follows the image's size, all images must need the same input size.
    /// </summary>
    public IReadOnlyList<ClassMap<TLabel>> Segment(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>The same for a list. An array and <c>[first, second]</c> are spans by themselves.</summary>
    [OverloadResolutionPriority(-1)]
    public IReadOnlyList<ClassMap<TLabel>> Segment(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        Segment(SpanOf(images), cancellationToken);

    /// <summary>Gives every pixel of one image a class, in a map of the caller. Allocates nothing once warm.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Segment(ImageView image, ClassMap<TLabel> map, CancellationToken cancellationToken = default) =>
        Fill(image, map, null, cancellationToken);

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="maps">One map for each image. Their content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Segment(
        ReadOnlySpan<ImageMemory> images, ReadOnlySpan<ClassMap<TLabel>> maps, CancellationToken cancellationToken = default) =>
        Fill(images, maps, null, cancellationToken);

    /// <summary>Gives every pixel of one image a class; no thread waits while a GPU runs the model.</summary>
    /// <param name="image">The image. Its pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<ClassMap<TLabel>> SegmentAsync(ImageView image, CancellationToken cancellationToken = default) =>
        RunAsync(image, static results => results[0], cancellationToken);

    /// <summary>The same for several images with one run of the model; one map for each image, in order.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<IReadOnlyList<ClassMap<TLabel>>> SegmentAsync(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<ClassMap<TLabel>>>(images, static results => results, cancellationToken);

    /// <summary>The same for a list.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-1)]
    public Task<IReadOnlyList<ClassMap<TLabel>>> SegmentAsync(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        SegmentAsync(SpanOf(images), cancellationToken);

    /// <summary>The shorter side of images whose size the input follows.</summary>
    private static int? ShortSideOf(
        ImageInput input, SegmentationPreprocessing preprocessing, SemanticSegmentationOptions options) =>
        input.IsWidthOpen && input.IsHeightOpen && options.InputWidth is null && !preprocessing.Letterboxes
            ? preprocessing.ShortSide : null;

    private protected override ClassMap<TLabel> NewResult() => new();

    private protected override void Clear(ClassMap<TLabel> result) => result.Clear();

    private protected override void Place(int width, int height, int index) => _geometries[index] = LetterboxGeometry.Of(
        width, height, Runner.Input.Width, Runner.Input.Height, Runner.Input.Stride);

    private protected override void Load(ImageView image, int index)
    {
        Place(image.Width, image.Height, index);
        if (Preprocessing.Letterboxes)
        {
            _preprocessor.Run(image, _geometries[index], LetterboxResizer.PadValue, Runner.ImageAt(index));
            return;
        }

        var (width, height) = InputSizeOf(image.Width, image.Height);
        _preprocessor.Run(image, CropGeometry.Stretched(width, height), Runner.ImageAt(index));
    }

    private protected override void Read(int item, ClassMap<TLabel> result, ResultBuffer? buffer)
    {
        var output = Runner.Outputs[_head.Index];
        var (classes, gridHeight, gridWidth) = _head.SizeOf(output.Name, output.Lengths, Runner.Batch, _labels);
        ref readonly var geometry = ref _geometries[item];
        var isOfImage = _options.Space == ClassMapSpace.Image;
        var window = isOfImage && Preprocessing.Letterboxes ? geometry.InGrid(gridWidth, gridHeight)
            : new(0, 0, gridWidth, gridHeight);
        var (width, height) = isOfImage ? (geometry.ImageWidth, geometry.ImageHeight) : (gridWidth, gridHeight);
        var values = result.Begin(width, height, _head.FirstLabel(classes, _labels, _options.FirstLabel));
        var length = classes * gridHeight * gridWidth;
        if (_head.IsLabelMap)
        {
            new LabelMapReader(gridWidth, item * length, window, Preprocessing.Letterboxes).Read(output, values, width, height);
        }
        else
        {
            var span = Cut(Runner.FloatsOf(_head.Index).Slice(item * length, length), classes, gridHeight, gridWidth, window);
            var threshold = classes == 1 ? _options.Threshold ?? PlaneThreshold.Of(_lastOperator, span) : 0;
            _decoder.Decode(new(span, classes, window.Height, window.Width), threshold, values, width, height);
        }

        result.Count();
    }

    /// <summary>The part of all planes that a window shows.</summary>
    private ReadOnlySpan<float> Cut(ReadOnlySpan<float> planes, int classes, int height, int width, PixelRegion window)
    {
        if (window == new PixelRegion(0, 0, width, height)) return planes;
        var length = classes * window.Height * window.Width;
        var cut = Scratch.Of(ref _cut, length);
        for (var i = 0; i < classes * window.Height; i++)
        {
            var (plane, row) = Math.DivRem(i, window.Height);
            planes.Slice((((plane * height) + window.Top + row) * width) + window.Left, window.Width)
                .CopyTo(cut[(i * window.Width)..]);
        }

        return cut;
    }
}
