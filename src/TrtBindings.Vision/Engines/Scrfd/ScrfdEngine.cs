using System.ComponentModel;

namespace TrtBindings.Vision;

/// <summary>
/// Finds faces, and five key points of each, in pictures with an SCRFD model: scaled to fit at the top left, model, decoding,
/// suppression. Results equal InsightFace's <c>scrfd.py</c> at the same input size. One call at a time: another meanwhile
/// gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
public sealed class ScrfdEngine : IDisposable
{
    private readonly ModelSignature _signature;
    private readonly ScrfdLayout _layout;
    private readonly ScrfdPipeline _pipeline;
    private readonly ImageRunner _runner;
    private readonly ScrfdGeometry[] _geometries;

    private ScrfdEngine(IScrfdModel model, ScrfdOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _signature = model.Signature;
        _layout = ScrfdLayout.Of(_signature, model.Description, model.Form, options);
        _pipeline = new(options, _layout);
        _geometries = new ScrfdGeometry[MaxBatch];
        _runner = new(model, _layout.Input, nameof(ScrfdOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public ScrfdOptions Options { get; }

    /// <summary>Images that one call takes at most; 1 for a model whose outputs have no batch dimension.</summary>
    public int MaxBatch => _layout.Input.MaxBatch;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.Input.Height;

    /// <summary>Whether faces have key points.</summary>
    public bool HasKeyPoints => _layout.HasKeyPoints;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => _runner.LastTimings;

    /// <summary>An engine for a loaded model, which it uses and does not own.</summary>
    /// <param name="model">A generated class of an SCRFD model.</param>
    /// <param name="options">What to keep and return; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="TensorException">The model's shapes are not the family's, or contradict an option.</exception>
    public static ScrfdEngine For(IScrfdModel model, ScrfdOptions? options = null) => new(model, options ?? new());

    /// <summary>
    /// Never called: it is what the compiler finds for any other model, so that its error says what is wrong instead of
    /// CS1503.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("This model is not SCRFD shaped. It needs one float input [N, 3, H, W] and 6, 9, 10 or 15 float outputs: all "
        + "scores [N, rows, 1], then all boxes [N, rows, 4], then all key points [N, rows, 10] if any, each from the smallest "
        + "stride up. The class's documentation shows its own shapes.", error: true)]
    public static IDisposable For(object model, ScrfdOptions? options = null) =>
        throw new NotSupportedException("Not an SCRFD model.");

    /// <summary>
    /// Finds the faces in one image, best scores first unless <see cref="ScrfdOptions.MaxFaces"/> left
    /// some out.
    /// </summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<FaceDetection> Detect(ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        var faces = Run(image, cancellationToken).ToArray();
        _runner.End();
        return faces;
    }

    /// <summary>As the other overloads, into a list of the caller, which allocates nothing once the list has room.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the faces in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(ImageView image, List<FaceDetection> found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var call = _runner.Enter();
        found.Clear();
        found.AddRange(Run(image, cancellationToken));
        _runner.End();
    }

    /// <summary>
    /// Finds the faces in several images of any sizes with one run of the model: one list for each, in order. The engine
    /// gives the same result for the same model outputs wherever an image stands in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<FaceDetection>> Detect(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        using var call = _runner.Enter();
        var batch = Run(images, cancellationToken);
        var found = new IReadOnlyList<FaceDetection>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(batch, i).ToArray();
        _runner.End();
        return found;
    }

    /// <summary>The same into lists of the caller, one for each image.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the faces of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<FaceDetection>> found, CancellationToken cancellationToken = default)
    {
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = _runner.Enter();
        OwnResults.Clear(found);
        var batch = Run(images, cancellationToken);
        try
        {
            for (var i = 0; i < found.Length; i++) found[i].AddRange(Read(batch, i));
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

    private ReadOnlySpan<FaceDetection> Run(ImageView image, CancellationToken cancellationToken)
    {
        _runner.Begin(1);
        Load(image, 0);
        return Read(_runner.Run(1, ScrfdPipeline.Filler, cancellationToken), 0);
    }

    private int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        if (images.Length > 1 && !_layout.IsBatched) throw ScrfdLayout.OneAtATime(_signature);
        _runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++) Load(images[i], i);
        return _runner.Run(images.Length, ScrfdPipeline.Filler, cancellationToken);
    }

    private void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(image, _runner.ImageAt(index));

    private ReadOnlySpan<FaceDetection> Read(int batch, int item) =>
        _pipeline.Postprocess(_runner.Outputs, batch, item, _geometries[item]);
}
