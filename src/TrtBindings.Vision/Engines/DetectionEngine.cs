using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <summary>
/// Base of the engines that find objects in images. <see cref="ImageEngine{TResult}"/> says what every call throws.
/// </summary>
/// <typeparam name="TObject">One object.</typeparam>
public abstract partial class DetectionEngine<TObject> : ImageEngine<List<TObject>>
    where TObject : struct
{
    private protected DetectionEngine(
        IRunnableModel model, ImageInput input, EngineOptions options, GpuFactory<List<TObject>>? factory)
        : base(model, input, options, factory)
    {
    }

    /// <summary>Finds the objects in one image, in falling order of score.</summary>
    public IReadOnlyList<TObject> Detect(ImageView image, CancellationToken cancellationToken = default) =>
        Run(image, cancellationToken);

    /// <summary>Finds the objects in several images with one run of the model; one list for each image, in order.</summary>
    public IReadOnlyList<IReadOnlyList<TObject>> Detect(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>The same for a list. An array and <c>[first, second]</c> are spans by themselves.</summary>
    [OverloadResolutionPriority(-1)]
    public IReadOnlyList<IReadOnlyList<TObject>> Detect(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        Detect(SpanOf(images), cancellationToken);

    /// <summary>
    /// Finds the objects in one image and puts them in a list of the caller. Allocates nothing but what objects refer to
    /// (masks, key points), which the overload with a buffer does not allocate either.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Detect(ImageView image, List<TObject> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">One list for each image. Their content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Detect(
        ReadOnlySpan<ImageMemory> images, ReadOnlySpan<List<TObject>> found, CancellationToken cancellationToken = default) =>
        Fill(images, found, null, cancellationToken);

    /// <summary>Finds the objects in one image; no thread waits while a GPU runs the model.</summary>
    /// <param name="image">The image. Its pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<IReadOnlyList<TObject>> DetectAsync(ImageView image, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<TObject>>(image, static results => results[0], cancellationToken);

    /// <summary>The same for several images with one run of the model; one list for each image, in order.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task<IReadOnlyList<IReadOnlyList<TObject>>> DetectAsync(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<IReadOnlyList<TObject>>>(images, static results => results, cancellationToken);

    /// <summary>The same for a list.</summary>
    /// <param name="images">The images. Their pixels are read before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-1)]
    public Task<IReadOnlyList<IReadOnlyList<TObject>>> DetectAsync(
        IReadOnlyList<ImageMemory> images, CancellationToken cancellationToken = default) =>
        DetectAsync(SpanOf(images), cancellationToken);

    private protected sealed override List<TObject> NewResult() => [];

    private protected sealed override void Clear(List<TObject> result) => result.Clear();
}

/// <summary>
/// Base of the engines whose objects refer to memory of their own (masks, key points), which calls can take from a buffer.
/// </summary>
/// <typeparam name="TObject">One object.</typeparam>
/// <typeparam name="TBuffer">The memory that objects refer to.</typeparam>
public abstract partial class DetectionEngine<TObject, TBuffer> : DetectionEngine<TObject>
    where TObject : struct
    where TBuffer : ResultBuffer
{
    private protected DetectionEngine(
        IRunnableModel model, ImageInput input, EngineOptions options, GpuFactory<List<TObject>>? factory)
        : base(model, input, options, factory)
    {
    }

    /// <summary>
    /// Finds the objects in one image and puts them in a list of the caller. Allocates nothing once list, buffer and engine
    /// have seen images of this kind.
    /// </summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="buffer">Holds the objects' masks or key points, until it is passed to another call.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Detect(
        ImageView image, List<TObject> found, TBuffer buffer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Fill(image, found, buffer, cancellationToken);
    }

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">One list for each image. Their content is replaced; empty after an error.</param>
    /// <param name="buffer">Holds the masks or key points of all images, until it is passed to another call.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public void Detect(
        ReadOnlySpan<ImageMemory> images, ReadOnlySpan<List<TObject>> found, TBuffer buffer,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Fill(images, found, buffer, cancellationToken);
    }

    /// <summary>
    /// Finds the objects in several images with one run of the model and puts them in lists of the caller, whose masks or key
    /// points take no new memory once the buffer has seen as many; no thread waits while a GPU runs the model.
    /// </summary>
    /// <param name="images">The images. Their pixels are read before this returns, unless they are in pinned memory.</param>
    /// <param name="found">
    /// One list for each image, and not one of another call in flight. They are emptied at once, stay so after an error, and are
    /// filled when the task is complete.
    /// </param>
    /// <param name="buffer">
    /// Holds the masks or key points of all images, until it is passed to another call; not the one of another call in flight.
    /// </param>
    /// <param name="cancellationToken">Stops the run.</param>
    public Task DetectAsync(
        ReadOnlySpan<ImageMemory> images, IReadOnlyList<List<TObject>> found, TBuffer buffer,
        CancellationToken cancellationToken = default) => buffer is null
        ? Task.FromException(new ArgumentNullException(nameof(buffer))) : FillAsync(images, found, buffer, cancellationToken);

    /// <inheritdoc/>
    private protected sealed override void Read(int item, List<TObject> result, ResultBuffer? buffer) =>
        Read(item, result, (TBuffer?)buffer);

    /// <inheritdoc cref="ImageEngine{TResult}.Read(int, TResult, ResultBuffer)"/>
    private protected abstract void Read(int item, List<TObject> result, TBuffer? buffer);
}
