using TrtBindings.Vision.Engines;
using TrtBindings.Vision.Geometry;

namespace TrtBindings.Vision;

/// <summary>
/// What the engines that find things in pictures have in common: their calls, for one image and for a batch. One call at a
/// time: another meanwhile gets <see cref="EngineInUseException"/>; several engines may share one model.
/// </summary>
/// <typeparam name="TResult">What is found.</typeparam>
public abstract class DetectionEngine<TResult> : IDisposable
    where TResult : struct
{
    private readonly List<TResult> _found = [];

    private protected DetectionEngine()
    {
    }

    /// <summary>Images that one call takes at most.</summary>
    public int MaxBatch => Runner.Input.MaxBatch;

    /// <summary>Where the time of the last call went; zero before the first.</summary>
    public EngineTimings LastTimings => Runner.LastTimings;

    private protected abstract ImageRunner Runner { get; }

    /// <summary>What the places of images that are not there are filled with.</summary>
    private protected abstract float Filler { get; }

    /// <summary>Finds what is in one image, best scores first.</summary>
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
    /// Finds what is in several images with one run of the model: one list for each, in order. The engine gives the same
    /// result for the same model outputs wherever an image stands in the batch.
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

    /// <summary>Frees the engine's tensors. The model stays loaded.</summary>
    public void Dispose()
    {
        Runner.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A call into memory of the caller's.</summary>
    private protected void Fill(
        ImageView image, List<TResult> found, IResultMemory? memory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        using var call = Runner.Enter();
        found.Clear();
        var batch = Run(image, cancellationToken);
        memory?.Reset();
        Read(0, batch, found, memory);
        Runner.End();
    }

    /// <inheritdoc cref="Fill(ImageView, List{TResult}, IResultMemory, CancellationToken)"/>
    private protected void Fill(
        ReadOnlySpan<Image> images, ReadOnlySpan<List<TResult>> found, IResultMemory? memory,
        CancellationToken cancellationToken)
    {
        OwnResults.Check(images.Length, found, nameof(found));
        using var call = Runner.Enter();
        OwnResults.Clear(found);
        var batch = Run(images, cancellationToken);
        memory?.Reset();
        try
        {
            for (var i = 0; i < found.Length; i++) Read(i, batch, found[i], memory);
        }
        catch
        {
            OwnResults.Clear(found);
            throw;
        }

        Runner.End();
    }

    /// <summary>Runs the model on one image; gives the number of images that it ran.</summary>
    private protected virtual int Run(ImageView image, CancellationToken cancellationToken)
    {
        Runner.Begin(1);
        Load(image, 0);
        return Runner.Run(1, Filler, cancellationToken);
    }

    /// <summary>Runs the model on several images; gives the number of images that it ran.</summary>
    private protected virtual int Run(ReadOnlySpan<Image> images, CancellationToken cancellationToken)
    {
        Runner.Begin(images.Length);
        for (var i = 0; i < images.Length; i++)
        {
            Load(images[i], i);
            images[i].KeepAlive();
        }

        return Runner.Run(images.Length, Filler, cancellationToken);
    }

    /// <summary>Prepares one image of a call in its place of the model's input.</summary>
    private protected abstract void Load(ImageView image, int index);

    /// <summary>Adds what one image holds, all or nothing.</summary>
    /// <param name="item">The image's place in the call.</param>
    /// <param name="batch">Images that the model ran.</param>
    /// <param name="found">Takes the results.</param>
    /// <param name="memory">What they point to goes there, if the family has such and the caller gave some.</param>
    private protected abstract void Read(int item, int batch, List<TResult> found, IResultMemory? memory);

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
