using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Imaging;
using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision;

/// <summary>
/// What the engines of YOLO models with one output have in common: letterbox, model, decoding, suppression. Results equal
/// Ultralytics' 8.4.190; classes are kept apart exactly in suppression, where Ultralytics loses up to 1/16 pixel. One call at
/// a time: another meanwhile gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TResult">What is found.</typeparam>
public abstract class YoloEngine<TResult> : DetectionEngine<TResult>
    where TResult : struct
{
    private protected YoloEngine(YoloFinder finder) => Finder = finder;

    /// <summary>What this engine keeps and returns.</summary>
    public YoloOptions Options => Finder.Options;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => Finder.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => Finder.Input.Height;

    private protected YoloFinder Finder { get; }

    private protected sealed override ImageRunner Runner => Finder.Runner;

    private protected sealed override float Filler => LetterboxResizer.PadValue / 255f;

    /// <summary>
    /// As the other overloads, into a list of the caller's: allocates nothing once engine and list are warm, but for key points
    /// of poses, which <see cref="YoloPoseEngine{TLabel}"/> has overloads for.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the objects in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(ImageView image, List<TResult> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>The same for several images with one run of the model: one list for each.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the objects of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="DetectionEngine{TResult}.MaxBatch"/>, or the model gave a shape or a class that it should
    /// not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, CancellationToken cancellationToken = default) =>
        Fill(images, found, null, cancellationToken);

    private protected sealed override void Load(ImageView image, int index) => Finder.Load(image, index);
}
