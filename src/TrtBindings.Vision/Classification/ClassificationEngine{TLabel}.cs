using TrtBindings.Vision.Classification;
using TrtBindings.Vision.Engines;

namespace TrtBindings.Vision;

/// <summary>
/// Says which class pictures are of: resize and crop as the model's training did it, the model, a softmax if the graph has
/// none, the best classes. One call at a time: another meanwhile gets <see cref="EngineInUseException"/>; several engines may
/// share one model.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
public sealed class ClassificationEngine<TLabel> : IDisposable
    where TLabel : unmanaged, Enum
{
    private readonly ClassificationLayout _layout;
    private readonly AntialiasedInput _preprocessor;
    private readonly ImageRunner _runner;
    private readonly ClassScores _kind;
    private readonly int[] _best;
    private readonly List<ClassificationResult<TLabel>> _found = [];
    private float[] _scores = [];
    private int _classes;
    private int _images;

    internal ClassificationEngine(
        IClassificationModel<TLabel> model, ClassificationPreprocessing preprocessing, ClassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(preprocessing);
        options.Validate();
        (Options, Preprocessing) = (options, preprocessing);
        var operators = model.Description.OutputOperators;
        _kind = ClassScoring.Of(options.Scores, operators.Count > 0 ? operators[0] : "");
        _layout = ClassificationLayout.Of(model.Signature, model.Description, model.Form, options);
        preprocessing.Validate(InputWidth, InputHeight);
        _preprocessor = new(_layout.Input, preprocessing.Encoding, preprocessing.Filter);
        _best = new int[options.Top];
        _runner = new(model, _layout.Input, nameof(ClassificationOptions));
    }

    /// <summary>What this engine takes and returns.</summary>
    public ClassificationOptions Options { get; }

    /// <summary>How pictures are prepared.</summary>
    public ClassificationPreprocessing Preprocessing { get; }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => _layout.Input.MaxBatch;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.Input.Height;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => _runner.LastTimings;

    /// <summary>The best classes of one image, best first; of equal scores the first class.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape that it should not have, or no numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ClassificationResult<TLabel>> Classify(
        ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        Run(image, cancellationToken);
        var found = Read(0);
        _runner.End();
        return found;
    }

    /// <summary>The same into a list of the caller's: allocates nothing once engine and list are warm.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the best classes in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape that it should not have, or no numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Classify(
        ImageView image, List<ClassificationResult<TLabel>> found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var call = _runner.Enter();
        found.Clear();
        Run(image, cancellationToken);
        Read(0, found);
        _runner.End();
    }

    /// <summary>
    /// The best classes of several images of any sizes with one run of the model: one list for each, in order. An image's
    /// result does not depend on its place in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape that it should not have, or no numbers.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>> Classify(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        Run(images, cancellationToken);
        var found = new IReadOnlyList<ClassificationResult<TLabel>>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(i);
        _runner.End();
        return found;
    }

    /// <summary>The same into lists of the caller's, one for each image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the best classes of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape that it should not have, or no numbers.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Classify(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<ClassificationResult<TLabel>>> found,
        CancellationToken cancellationToken = default)
    {
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = _runner.Enter();
        OwnResults.Clear(found);
        Run(images, cancellationToken);
        for (var i = 0; i < found.Length; i++) Read(i, found[i]);
        _runner.End();
    }

    /// <summary>The scores of all classes for an image of the last call, by class index; valid until the next call.</summary>
    /// <param name="image">Its place in the call, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last call had no such image.</exception>
    public ReadOnlySpan<float> ScoresOf(int image = 0)
    {
        if ((uint)image >= (uint)_images)
            throw new ArgumentOutOfRangeException(nameof(image), image, $"The last call had {_images} images.");
        return _scores.AsSpan(image * _classes, _classes);
    }

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose() => _runner.Dispose();

    private void Run(ImageView image, CancellationToken cancellationToken)
    {
        _images = 0;
        _runner.Begin(1);
        Load(image, 0);
        Finish(1, cancellationToken);
    }

    private void Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        _images = 0;
        _runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++)
        {
            Load(images[i], i);
            images[i].KeepAlive();
        }

        Finish(images.Length, cancellationToken);
    }

    private void Load(ImageView image, int index)
    {
        image.ThrowIfEmpty();
        _preprocessor.Run(
            image, Preprocessing.Crop(image.Width, image.Height, InputWidth, InputHeight), _runner.ImageAt(index));
    }

    /// <summary>Runs the model and makes scores of what it gave.</summary>
    private void Finish(int images, CancellationToken cancellationToken)
    {
        var batch = _runner.Run(images, 0, cancellationToken);
        for (var i = 0; i < images; i++)
        {
            var values = _layout.ValuesOf(_runner.Outputs, batch, i);
            _classes = values.Length;
            if (_scores.Length < MaxBatch * _classes) _scores = new float[MaxBatch * _classes];
            var scores = _scores.AsSpan(i * _classes, _classes);
            ClassScoring.Score(_kind, values, scores);
            if (ClassScoring.AreNumbers(scores)) continue;
            throw new TensorException(_runner.Outputs[0].Name, $"'{_runner.Outputs[0].Name}' holds what is not a number, or "
                + $"infinite, for image {i}. A model in half precision may have overflowed, or its input is not what it takes.");
        }

        _images = images;
    }

    private ClassificationResult<TLabel>[] Read(int image)
    {
        _found.Clear();
        Read(image, _found);
        return [.. _found];
    }

    private void Read(int image, List<ClassificationResult<TLabel>> found)
    {
        var scores = ScoresOf(image);
        foreach (var index in _best.AsSpan(0, ClassScoring.Best(scores, _best)))
            found.Add(new(EnumLabel.Of<TLabel>(index), index, scores[index]));
    }
}
