using System.ComponentModel;
using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Geometry;
using TrtBindings.Vision.Scrfd;

namespace TrtBindings.Vision;

/// <summary>
/// Finds faces, and five key points of each, in pictures with an SCRFD model: scaled to fit at the top left, model, decoding,
/// suppression. Results equal InsightFace's <c>scrfd.py</c> at the same input size. One call at a time: another meanwhile
/// gets <see cref="EngineInUseException"/>; several engines may share one model. A model whose outputs have no batch dimension
/// takes one image at a time. Faces come best scores first unless <see cref="ScrfdOptions.MaxFaces"/> left some out.
/// </summary>
public sealed class ScrfdEngine : DetectionEngine<FaceDetection>
{
    private readonly ModelSignature _signature;
    private readonly ScrfdLayout _layout;
    private readonly ScrfdPipeline _pipeline;
    private readonly ScrfdGeometry[] _geometries;

    private ScrfdEngine(IScrfdModel model, ScrfdOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options.Validate();
        Options = options;
        _signature = model.Signature;
        _layout = ScrfdLayout.Of(_signature, model.Description, model.Form, options);
        _pipeline = new(options, _layout);
        _geometries = new ScrfdGeometry[_layout.Input.MaxBatch];
        Runner = new(model, _layout.Input, nameof(ScrfdOptions));
    }

    /// <summary>What this engine keeps and returns.</summary>
    public ScrfdOptions Options { get; }

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => _layout.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => _layout.Input.Height;

    /// <summary>Whether faces have key points.</summary>
    public bool HasKeyPoints => _layout.HasKeyPoints;

    private protected override ImageRunner Runner { get; }

    private protected override float Filler => ScrfdPipeline.Filler;

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

    /// <summary>As the other overloads, into a list of the caller, which allocates nothing once the list has room.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the faces in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(ImageView image, List<FaceDetection> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>The same for several images with one run of the model: one list for each.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the faces of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="DetectionEngine{TResult}.MaxBatch"/>, or the model gave a shape that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<FaceDetection>> found, CancellationToken cancellationToken = default) =>
        Fill(images, found, null, cancellationToken);

    private protected override int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        if (images.Length > 1 && !_layout.IsBatched) throw ScrfdLayout.OneAtATime(_signature);
        return base.Run(images, cancellationToken);
    }

    private protected override void Load(ImageView image, int index) =>
        _geometries[index] = _pipeline.Preprocess(image, Runner.ImageAt(index));

    private protected override void Read(int item, int batch, List<FaceDetection> found, IResultMemory? memory) =>
        found.AddRange(_pipeline.Postprocess(Runner.Outputs, batch, item, _geometries[item]));
}
