using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <summary>
/// Base of every engine: prepares images, runs the model, and reads results. The derived engines say what a result is.
/// </summary>
/// <remarks>
/// <para>
/// An engine takes one call at a time, or <see cref="MaxInFlight"/> where it prepares images and makes results on the GPU;
/// several engines may share one model, each on its own thread. The result of an image does not depend on its place in a batch.
/// Once an engine has run at a size, calls that fill the caller's memory allocate nothing, except for the asynchronous ones.
/// </para>
/// <para>
/// Asynchronous calls read the images before they return, so the pixels may change afterwards; but on the GPU those in pinned
/// memory (<see cref="PinnedBuffer"/>) are read where they are, until the task is complete. No thread waits while TensorRT runs
/// the model; on ONNX Runtime's CUDA provider a call returns when the model has run. The results are read on a thread of the
/// pool, every error is in the task, and tasks complete in the order of the calls.
/// </para>
/// <para>Every call throws, and the engine stays usable after each of these but the second:</para>
/// <list type="bullet">
/// <item><see cref="EngineInUseException"/>: the engine works on as many calls as it takes. Nothing was changed.</item>
/// <item><see cref="ObjectDisposedException"/>: the engine is disposed. Nothing was changed.</item>
/// <item><see cref="ArgumentException"/>: the lists or maps for the results are missing, too few, too many, or one of them
/// is given twice. Nothing was changed.</item>
/// <item><see cref="ImageException"/>: an image is empty, too extreme in shape, or needs an input of another size than the
/// images before it.</item>
/// <item><see cref="TensorException"/>: no image or more than <see cref="MaxBatch"/>; an image of a size that the model does
/// not take; or the model returned a shape, a class or a count that its family does not have.</item>
/// <item><see cref="OperationCanceledException"/>: the token was cancelled.</item>
/// <item>What the backend throws when it runs the model.</item>
/// </list>
/// <para>After an error, the lists or maps that were given for the results are empty, unless nothing was changed.</para>
/// </remarks>
/// <typeparam name="TResult">The result of one image.</typeparam>
public abstract partial class ImageEngine<TResult> : IDisposable
    where TResult : class
{
    private readonly EngineSlots<TResult> _slots;
    private readonly EngineGate _gate;
    private readonly Lock _timesGate = new();
    private EngineTimings _times;
    private Task _last = Task.CompletedTask;

    private protected ImageEngine(IRunnableModel model, ImageInput input, EngineOptions options, GpuFactory<TResult>? factory)
    {
        _slots = new(model, input, options, factory);
        _gate = new(model.Signature.File, _slots.Dispose, _slots.Count);
    }

    /// <summary>What runs on the GPU, and why the rest does not.</summary>
    public EngineProcessing Processing => _slots.Processing;

    /// <summary>The most calls that the engine works on at one time.</summary>
    public int MaxInFlight => _slots.Count;

    /// <summary>The most images that one call takes.</summary>
    public int MaxBatch => Runner.Input.MaxBatch;

    /// <summary>Width of the model's input in pixels; <see langword="null"/> if it follows the size of each image.</summary>
    public int? InputWidth => FollowsImageSize ? null : Runner.Input.Width;

    /// <summary>Height of the model's input in pixels; <see langword="null"/> if it follows the size of each image.</summary>
    public int? InputHeight => FollowsImageSize ? null : Runner.Input.Height;

    /// <summary>Times of the last successful call, for its whole batch; zero before the first.</summary>
    public EngineTimings LastTimings
    {
        get
        {
            lock (_timesGate) return _times;
        }
    }

    /// <summary>Runs the model where the processor prepares images or reads results: one call at a time.</summary>
    private protected ImageRunner Runner => _slots[0].Runner;

    /// <summary>Value of the unused images of a fixed batch.</summary>
    private protected virtual float Filler => 0;

    /// <summary>Whether the size of the model's input follows the size of the image.</summary>
    private protected virtual bool FollowsImageSize => Runner.Input.Stride > 0;

    /// <summary>Size of the model's input for an image of a size, in pixels.</summary>
    /// <exception cref="ImageException">The image is too extreme in shape.</exception>
    /// <exception cref="TensorException">The model does not take an image of this size.</exception>
    public virtual (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight) =>
        Runner.Input.SizeOf(imageWidth, imageHeight);

    /// <summary>Frees the engine's tensors, after the call that is using them if there is one. The model stays loaded.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs one image into a new result.</summary>
    private protected TResult Run(ImageView image, CancellationToken cancellationToken)
    {
        var result = NewResult();
        Fill(image, result, null, cancellationToken);
        return result;
    }

    /// <summary>Runs several images into new results.</summary>
    private protected TResult[] Run(ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken)
    {
        var results = NewResults(images.Length);
        Fill(images, results, null, cancellationToken);
        return results;
    }

    /// <summary>Runs one image into a result of the caller.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Is replaced.</param>
    /// <param name="buffer">Memory that the result may refer to; new memory if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <param name="name">Name of the result, for messages.</param>
    private protected void Fill(
        ImageView image, TResult result, ResultBuffer? buffer, CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(result))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(result, name);
        Fill(new OnePicture(image), new(in result), buffer, cancellationToken);
    }

    /// <summary>Runs several images into results of the caller.</summary>
    private protected void Fill(
        ReadOnlySpan<ImageMemory> images, ReadOnlySpan<TResult> results, ResultBuffer? buffer,
        CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(results))] string name = "")
    {
        OptionCheck.OneForEach(images.Length, results, name);
        Fill(new ManyPictures(images), results, buffer, cancellationToken);
    }

    /// <summary>Runs one image on the GPU into a result of the caller.</summary>
    private protected void Fill(
        in GpuImage image, TResult result, ResultBuffer? buffer, CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(result))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(result, name);
        Fill(new GpuPictures(new(in image)), new(in result), buffer, cancellationToken);
    }

    /// <summary>Runs images on the GPU into results of the caller.</summary>
    private protected void Fill(
        ReadOnlySpan<GpuImage> images, ReadOnlySpan<TResult> results, ResultBuffer? buffer,
        CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(results))] string name = "")
    {
        OptionCheck.OneForEach(images.Length, results, name);
        Fill(new GpuPictures(images), results, buffer, cancellationToken);
    }

    /// <summary>Runs images on the GPU into new results.</summary>
    private protected TResult[] Run(ReadOnlySpan<GpuImage> images, CancellationToken cancellationToken)
    {
        var results = NewResults(images.Length);
        Fill(images, results, null, cancellationToken);
        return results;
    }

    /// <summary>Runs images on the GPU into new results without a thread that waits.</summary>
    private protected Task<TOut> RunAsync<TOut>(
        ReadOnlySpan<GpuImage> images, Func<TResult[], TOut> of, CancellationToken cancellationToken) =>
        RunAsync(new GpuPictures(images), of, cancellationToken);

    /// <summary>Runs one image into a new result without a thread that waits.</summary>
    private protected Task<TOut> RunAsync<TOut>(
        ImageView image, Func<TResult[], TOut> of, CancellationToken cancellationToken) =>
        RunAsync(new OnePicture(image), of, cancellationToken);

    /// <summary>Runs several images into new results without a thread that waits.</summary>
    private protected Task<TOut> RunAsync<TOut>(
        ReadOnlySpan<ImageMemory> images, Func<TResult[], TOut> of, CancellationToken cancellationToken) =>
        RunAsync(new ManyPictures(images), of, cancellationToken);

    /// <summary>Runs images into results of the caller without a thread that waits.</summary>
    private protected Task FillAsync(
        ReadOnlySpan<ImageMemory> images, IReadOnlyList<TResult> results, ResultBuffer? buffer,
        CancellationToken cancellationToken, [CallerArgumentExpression(nameof(results))] string name = "") =>
        FillAsync(new ManyPictures(images), results, buffer, name, cancellationToken);

    /// <summary>Runs images on the GPU into results of the caller without a thread that waits.</summary>
    private protected Task FillAsync(
        ReadOnlySpan<GpuImage> images, IReadOnlyList<TResult> results, ResultBuffer? buffer,
        CancellationToken cancellationToken, [CallerArgumentExpression(nameof(results))] string name = "") =>
        FillAsync(new GpuPictures(images), results, buffer, name, cancellationToken);

    /// <summary>Begins a call.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Makes an empty result.</summary>
    private protected abstract TResult NewResult();

    /// <summary>Empties a result.</summary>
    private protected abstract void Clear(TResult result);

    /// <summary>Writes an image to its place in the model's input, <see cref="ImageRunner.ImageAt"/>.</summary>
    private protected abstract void Load(ImageView image, int index);

    /// <summary>Takes what an engine keeps of a call whose results were made on the GPU.</summary>
    private protected virtual void Ended(GpuPostprocessor<TResult> postprocessor, int images)
    {
    }

    /// <summary>
    /// Notes the size of an image that is prepared on the GPU, for <see cref="Read(int, TResult, ResultBuffer)"/>.
    /// </summary>
    private protected abstract void Place(int width, int height, int index);

    /// <summary>Reads the result of one image from <see cref="ImageRunner.Outputs"/>.</summary>
    /// <param name="item">Place of the image in the batch.</param>
    /// <param name="result">Is empty.</param>
    /// <param name="buffer">Memory that the result may refer to; new memory if <see langword="null"/>.</param>
    private protected abstract void Read(int item, TResult result, ResultBuffer? buffer);

    private TResult[] NewResults(int count)
    {
        var results = new TResult[count];
        for (var i = 0; i < count; i++) results[i] = NewResult();
        return results;
    }
}
