namespace TrtBindings.Vision;

/// <summary>
/// What the engines of YOLO models with one output have in common: letterbox, model, decoding, suppression. Results equal
/// Ultralytics' 8.4.190; classes are kept apart exactly in suppression, where Ultralytics loses up to 1/16 pixel. One call at
/// a time: another meanwhile gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TResult">What is found.</typeparam>
public abstract class YoloEngine<TResult> : IDisposable
    where TResult : struct
{
    private readonly List<TResult> _found = [];

    private protected YoloEngine(YoloFinder finder) => Finder = finder;

    /// <summary>What this engine keeps and returns.</summary>
    public YoloOptions Options => Finder.Options;

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => Finder.Input.MaxBatch;

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth => Finder.Input.Width;

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight => Finder.Input.Height;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => Finder.LastTimings;

    private protected YoloFinder Finder { get; }

    /// <summary>Finds the objects in one image, best scores first.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<TResult> Detect(ImageView image, CancellationToken cancellationToken = default)
    {
        using var call = Finder.Enter();
        var batch = Run(image, cancellationToken);
        var found = Read(0, batch);
        Finder.End();
        return found;
    }

    /// <summary>
    /// The same into a list of the caller's: allocates nothing once engine and list are warm, but for key points of poses,
    /// which <see cref="YoloPoseEngine{TLabel}"/> has overloads for.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Takes the objects in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model gave a shape or a class that it should not have.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(ImageView image, List<TResult> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>
    /// Finds the objects in several images of any sizes with one run of the model: one list for each, in order. The engine
    /// gives the same result for the same model outputs wherever an image stands in the batch.
    /// </summary>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<TResult>> Detect(
        ReadOnlySpan<Image> images, CancellationToken cancellationToken = default)
    {
        using var call = Finder.Enter();
        var batch = Run(images, cancellationToken);
        var found = new IReadOnlyList<TResult>[images.Length];
        for (var i = 0; i < found.Length; i++) found[i] = Read(i, batch);
        Finder.End();
        return found;
    }

    /// <summary>The same into lists of the caller's, one for each image, as the overload for one image does it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">Each takes the objects of one image in place of what it holds; empty after an error.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <exception cref="ArgumentException">There are not as many lists as images, or one is missing or there twice.</exception>
    /// <exception cref="ImageException">An image is empty.</exception>
    /// <exception cref="TensorException">
    /// No image, more than <see cref="MaxBatch"/>, or the model gave a shape or a class that it should not have.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Detect(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, CancellationToken cancellationToken = default) =>
        Fill(images, found, null, cancellationToken);

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        Finder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds what one image holds; key points go into the buffer, if the family has some and there is one.</summary>
    private protected abstract void Read(int item, int batch, List<TResult> found, KeyPointBuffer? points);

    /// <summary>A call into memory of the caller.</summary>
    private protected void Fill(
        ImageView image, List<TResult> found, KeyPointBuffer? points, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var call = Finder.Enter();
        found.Clear();
        var batch = Run(image, cancellationToken);
        points?.Reset();
        Read(0, batch, found, points);
        Finder.End();
    }

    /// <inheritdoc cref="Fill(ImageView, List{TResult}, KeyPointBuffer, CancellationToken)"/>
    private protected void Fill(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, KeyPointBuffer? points,
        CancellationToken cancellationToken)
    {
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = Finder.Enter();
        OwnResults.Clear(found);
        var batch = Run(images, cancellationToken);
        points?.Reset();
        try
        {
            for (var i = 0; i < found.Length; i++) Read(i, batch, found[i], points);
        }
        catch
        {
            OwnResults.Clear(found);
            throw;
        }

        Finder.End();
    }

    private int Run(ImageView image, CancellationToken cancellationToken)
    {
        Finder.Begin(1);
        Finder.Load(image, 0);
        return Finder.Run(1, cancellationToken);
    }

    private int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        Finder.Begin(images.Length);
        for (var i = 0; i < images.Length; i++) Finder.Load(images[i], i);
        return Finder.Run(images.Length, cancellationToken);
    }

    private TResult[] Read(int item, int batch)
    {
        _found.Clear();
        Read(item, batch, _found, null);
        var found = _found.ToArray();
        // Results may hold memory, which only their owner should keep.
        _found.Clear();
        return found;
    }
}
