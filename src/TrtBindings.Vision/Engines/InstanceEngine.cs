using TrtBindings.Vision.Geometry;

namespace TrtBindings.Vision;

/// <summary>What the engines whose finds have masks have in common.</summary>
/// <typeparam name="TResult">What is found.</typeparam>
public abstract class InstanceEngine<TResult> : DetectionEngine<TResult>
    where TResult : struct
{
    private protected InstanceEngine()
    {
    }

    /// <summary>
    /// As the other overloads, into memory of the caller for the instances and for their masks: allocates nothing once it has
    /// room and the model has run at the size.
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
        ImageView image, List<TResult> found, MaskBuffer masks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        Fill(image, found, masks, cancellationToken);
    }

    /// <summary>
    /// The same for several images with one run of the model: one list for each, and one buffer for the masks of all.
    /// </summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the instances of one image in place of what it holds; empty after an error.</param>
    /// <param name="masks">Where their masks live, until it is given to another call.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="DetectionEngine{TResult}.MaxBatch"/>, a picture of a size that the model does not take,
    /// or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, MaskBuffer masks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        Fill(images, found, masks, cancellationToken);
    }

    /// <inheritdoc/>
    private protected sealed override void Read(int item, int batch, List<TResult> found, IResultMemory? memory) =>
        Read(item, batch, found, (MaskBuffer?)memory);

    /// <summary>Adds what one image holds, all or nothing; masks go into the buffer if there is one.</summary>
    private protected abstract void Read(int item, int batch, List<TResult> found, MaskBuffer? masks);
}
