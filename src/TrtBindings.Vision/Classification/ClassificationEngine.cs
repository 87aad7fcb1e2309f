using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using TrtBindings.Vision.Classification;

namespace TrtBindings.Vision;

/// <summary>Makes engines for classification models. The compiler infers the label type and refuses any other model.</summary>
public static class ClassificationEngine
{
    /// <summary>Makes an engine for a loaded model. The engine does not dispose the model.</summary>
    /// <param name="model">A generated class of a classification model.</param>
    /// <param name="preprocessing">How images were prepared when the model was trained; the model's card says it.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's tensors are not those of the family, or contradict an option.</exception>
    public static ClassificationEngine<TLabel> Create<TLabel>(
        IClassificationModel<TLabel> model, ClassificationPreprocessing preprocessing, ClassificationOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        options = OptionCheck.Copy(model, options);
        var signature = model.Signature;
        var isLast = model.Form == ClassificationForm.ChannelsLast;
        ModelError.ThrowIf(model, ClassificationRule.Instance,
            ClassificationRule.TensorProblem(signature.Inputs, signature.Outputs, isLast));
        var input = ImageInput.Of(model, options, defaultSide: 224, isChannelsLast: isLast);
        preprocessing.Validate(input.Width, input.Height);
        return new(model, input, preprocessing, options);
    }

    /// <summary>
    /// Makes an engine for a loaded model whose metadata says how images are prepared, as that of Ultralytics does. The engine
    /// does not dispose the model.
    /// </summary>
    /// <param name="model">A generated class of a classification model.</param>
    /// <param name="options">Options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">
    /// The metadata does not say how images are prepared; or the model's tensors are not those of the family, or contradict an
    /// option.
    /// </exception>
    public static ClassificationEngine<TLabel> Create<TLabel>(
        IClassificationModel<TLabel> model, ClassificationOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(model);
        var preprocessing = ClassificationPreprocessing.Of(model.Description);
        ModelError.ThrowIf(model, ClassificationRule.Instance, preprocessing is null
            ? "its metadata does not say how images are prepared; pass a ClassificationPreprocessing" : null);
        return Create(model, preprocessing!, options);
    }

    /// <inheritdoc cref="Create(object, ClassificationPreprocessing, ClassificationOptions?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a classification model, which has " + ClassificationRule.Wanted + ModelError.SeeSummary)]
    public static ClassificationEngine<NoLabel> Create(object model, ClassificationOptions? options = null) =>
        throw ModelError.NotOf(model, ClassificationRule.Instance);

    /// <summary>For the compiler: chosen for any other model, so that the error says why the model does not fit.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This is not a classification model, which has " + ClassificationRule.Wanted + ModelError.SeeSummary)]
    public static ClassificationEngine<NoLabel> Create(
        object model, ClassificationPreprocessing preprocessing, ClassificationOptions? options = null) =>
        throw ModelError.NotOf(model, ClassificationRule.Instance);
}

/// <summary>
/// Finds the classes of images: resize and crop as in training, the model, a softmax if the graph has none, the best classes.
/// <see cref="ImageEngine{TResult}"/> says what every call throws; besides, <see cref="TensorException"/> if the model returns
/// values that are not numbers.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed partial class ClassificationEngine<TLabel> : ImageEngine<List<ClassificationResult<TLabel>>>
    where TLabel : unmanaged, Enum
{
    private readonly ClassLabels _labels;
    private readonly int _labelCount;
    private readonly ResizedInput _preprocessor;
    private readonly ClassScores _kind;
    private readonly int[] _best;
    private float[] _scores = [];
    private int _classes;
    private int _images;

    internal ClassificationEngine(
        IRunnableModel model, ImageInput input, ClassificationPreprocessing preprocessing, ClassificationOptions options)
        : base(model, input, options, new ClassificationGpu<TLabel>(model, input, preprocessing, options))
    {
        Preprocessing = preprocessing;
        (_labels, _labelCount) = (new(model.Signature), model.Signature.Labels.Count);
        _kind = ClassificationGpu<TLabel>.KindOf(model, options);
        _preprocessor = new(input.Channels, input.IsChannelsLast, preprocessing);
        _best = new int[options.Top];
    }

    /// <summary>How images are prepared.</summary>
    public ClassificationPreprocessing Preprocessing { get; }

    /// <summary>Finds the best classes of one image, in falling order of score; of equal scores the first class.</summary>
    public IReadOnlyList<ClassificationResult<TLabel>> Classify(
        ImageView image, CancellationToken cancellationToken = default) => Run(image, cancellationToken);

    /// <summary>Finds the best classes of several images with one run of the model; one list for each image, in order.</summary>
    public IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>> Classify(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>The same for a list. An array and <c>[first, second]</c> are spans by themselves.</summary>
    [OverloadResolutionPriority(-1)]
    public IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>> Classify(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        Classify(SpanOf(images), cancellationToken);

    /// <summary>Finds the best classes of one image and puts them in a list of the caller. Allocates nothing once warm.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Classify(
        ImageView image, List<ClassificationResult<TLabel>> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">One list for each image. Their content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Classify(
        ReadOnlySpan<ImageMemory> images, ReadOnlySpan<List<ClassificationResult<TLabel>>> found,
        CancellationToken cancellationToken = default) => Fill(images, found, null, cancellationToken);

    /// <summary>Finds the best classes of one image; no thread waits while a GPU runs the model.</summary>
    /// <param name="image">The image. Its pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<IReadOnlyList<ClassificationResult<TLabel>>> ClassifyAsync(
        ImageView image, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<ClassificationResult<TLabel>>>(image, static results => results[0], cancellationToken);

    /// <summary>The same for several images with one run of the model; one list for each image, in order.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>>> ClassifyAsync(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>>>(
            images, static results => results, cancellationToken);

    /// <summary>The same for a list.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-1)]
    public Task<IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>>> ClassifyAsync(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        ClassifyAsync(SpanOf(images), cancellationToken);

    /// <summary>The scores of all classes for an image of the last call, by class index; valid until the next call.</summary>
    /// <param name="image">Its place in the call, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last call had no such image.</exception>
    public ReadOnlySpan<float> ScoresOf(int image = 0)
    {
        if ((uint)image >= (uint)_images)
            throw new ArgumentOutOfRangeException(nameof(image), image, $"The last call had {_images} images.");
        return _scores.AsSpan(image * _classes, _classes);
    }

    /// <summary>Drops the scores of the last call; a call that fails leaves none.</summary>
    private protected override void Begin() => _images = 0;

    private protected override List<ClassificationResult<TLabel>> NewResult() => [];

    private protected override void Clear(List<ClassificationResult<TLabel>> result) => result.Clear();

    private protected override void Place(int width, int height, int index)
    {
    }

    private protected override void Load(ImageView image, int index)
    {
        var input = Runner.Input;
        _preprocessor.Run(
            image, Preprocessing.Crop(image.Width, image.Height, input.Width, input.Height), Runner.ImageAt(index));
    }

    private protected override void Read(int item, List<ClassificationResult<TLabel>> result, ResultBuffer? buffer)
    {
        var values = ValuesOf(item);
        _classes = values.Length;
        if (_scores.Length < MaxBatch * _classes) _scores = new float[MaxBatch * _classes];
        var scores = _scores.AsSpan(item * _classes, _classes);
        ClassScoring.Score(_kind, values, scores);
        if (!ClassScoring.AreNumbers(scores)) throw ClassScoring.NotNumbers(Runner.Outputs[0].Name, item);
        var count = ClassScoring.Best(scores, _best);
        result.EnsureCapacity(count);
        for (var i = 0; i < count; i++) result.Add(new(_labels.Of<TLabel>(_best[i]), _best[i], scores[_best[i]]));
        _images = item + 1;
    }

    private protected override void Ended(GpuPostprocessor<List<ClassificationResult<TLabel>>> postprocessor, int images)
    {
        var classifier = (GpuClassifier<TLabel>)postprocessor;
        for (var i = 0; i < images; i++)
        {
            var scores = classifier.ScoresOf(i);
            _classes = scores.Length;
            if (_scores.Length < MaxBatch * _classes) _scores = new float[MaxBatch * _classes];
            scores.CopyTo(_scores.AsSpan(i * _classes));
        }

        _images = images;
    }

    private ReadOnlySpan<float> ValuesOf(int item)
    {
        var output = Runner.Outputs[0];
        Span<long> lengths = stackalloc long[output.Rank];
        for (var axis = 0; axis < lengths.Length; axis++) lengths[axis] = output.Lengths[axis];
        var problem = lengths.Length > 0 && lengths[0] != Runner.Batch ? "must have that batch"
            : ClassificationRule.SizeProblem(lengths, _labelCount);
        if (problem is not null) throw ModelError.Unexpected(output, Runner.Batch, problem);
        var classes = (int)ClassificationRule.ClassesOf(lengths);
        return Runner.FloatsOf(0).Slice(item * classes, classes);
    }
}

/// <summary>One class that an image may belong to.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Probability of the class, 0 to 1; see <see cref="ClassScores"/>.</param>
public readonly record struct ClassificationResult<TLabel>(TLabel Label, int ClassIndex, float Score) : IClassification
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>TabbyCat 0.874</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.000}");
}
