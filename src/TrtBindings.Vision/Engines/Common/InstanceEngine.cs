namespace TrtBindings.Vision;

/// <summary>
/// What the engines whose finds have masks have in common: their calls, for one image and for a batch, into results of their
/// own or memory of the caller's. One call at a time: another meanwhile gets <see cref="EngineInUseException"/>; several
/// engines may share one model.
/// </summary>
/// <typeparam name="TResult">What is found.</typeparam>
public abstract class InstanceEngine<TResult> : IDisposable
    where TResult : struct
{
    private readonly List<TResult> _found = [];

    private protected InstanceEngine()
    {
    }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => Runner.Input.MaxBatch;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => Runner.LastTimings;

    private protected abstract ImageRunner Runner { get; }

    /// <summary>Finds the instances in one image, best scores first.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">
    /// The model takes pictures of another size only, or gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<TResult> Detect(ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = Runner.Enter();
        var batch = Run(image, cancellationToken);
        var found = Read(0, batch);
        Runner.End();
        return found;
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
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(masks);
        using var call = Runner.Enter();
        found.Clear();
        var batch = Run(image, cancellationToken);
        masks.Reset();
        Read(0, batch, found, masks);
        Runner.End();
    }

    /// <summary>
    /// Finds the instances in several images with one run of the model: one list for each, in order. The engine gives the
    /// same result for the same model outputs wherever an image stands in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, a picture of a size that the model does not take, or the model gave a shape
    /// or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<TResult>> Detect(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        using var call = Runner.Enter();
        var batch = Run(images, cancellationToken);
        var found = new IReadOnlyList<TResult>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(i, batch);
        Runner.End();
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
    /// No image, more than <see cref="MaxBatch"/>, a picture of a size that the model does not take, or the model gave a shape
    /// or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, MaskBuffer masks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(masks);
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = Runner.Enter();
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

        Runner.End();
    }

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        Runner.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs the model on one image; gives the number of images that it ran.</summary>
    private protected abstract int Run(ImageView image, CancellationToken cancellationToken);

    /// <summary>Runs the model on several images; gives the number of images that it ran.</summary>
    private protected abstract int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken);

    /// <summary>Adds what one image holds, all or nothing; masks go into the buffer if there is one.</summary>
    private protected abstract void Read(int item, int batch, List<TResult> found, MaskBuffer? masks);

    private TResult[] Read(int item, int batch)
    {
        _found.Clear();
        Read(item, batch, _found, null);
        var found = _found.ToArray();
        // Masks are memory that only their owner should keep.
        _found.Clear();
        return found;
    }
}
