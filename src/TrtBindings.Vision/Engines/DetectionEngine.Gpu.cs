using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <content>Images that are on the GPU already. <see cref="GpuImageOrder"/> says when their pixels are read.</content>
public abstract partial class DetectionEngine<TObject>
{
    /// <summary>Finds the objects in one image on the GPU, in falling order of score.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public IReadOnlyList<TObject> Detect(GpuImage image, CancellationToken cancellationToken = default) =>
        Run(new ReadOnlySpan<GpuImage>(in image), cancellationToken)[0];

    /// <summary>Finds the objects in several images on the GPU; one list for each image, in order.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public IReadOnlyList<IReadOnlyList<TObject>> Detect(
        ReadOnlySpan<GpuImage> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>Finds the objects in one image on the GPU and puts them in a list of the caller.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Detect(GpuImage image, List<TObject> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">One list for each image. Their content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Detect(
        ReadOnlySpan<GpuImage> images, ReadOnlySpan<List<TObject>> found, CancellationToken cancellationToken = default) =>
        Fill(images, found, null, cancellationToken);

    /// <summary>Finds the objects in one image on the GPU; no thread waits while the GPU works.</summary>
    /// <param name="image">The image, whose release is queued before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-2)]
    public Task<IReadOnlyList<TObject>> DetectAsync(GpuImage image, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<TObject>>(
            new ReadOnlySpan<GpuImage>(in image), static results => results[0], cancellationToken);

    /// <summary>The same for several images with one run of the model; one list for each image, in order.</summary>
    /// <param name="images">The images, whose releases are queued before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-2)]
    public Task<IReadOnlyList<IReadOnlyList<TObject>>> DetectAsync(
        ReadOnlySpan<GpuImage> images, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<IReadOnlyList<TObject>>>(images, static results => results, cancellationToken);
}

/// <content>Images that are on the GPU already.</content>
public abstract partial class DetectionEngine<TObject, TBuffer>
{
    /// <summary>Finds the objects in one image on the GPU and puts them in a list of the caller.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="buffer">Holds the objects' masks or key points, until it is passed to another call.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Detect(
        GpuImage image, List<TObject> found, TBuffer buffer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Fill(image, found, buffer, cancellationToken);
    }

    /// <summary>The same for several images with one run of the model.</summary>
    /// <param name="images">The images.</param>
    /// <param name="found">One list for each image. Their content is replaced; empty after an error.</param>
    /// <param name="buffer">Holds the masks or key points of all images, until it is passed to another call.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Detect(
        ReadOnlySpan<GpuImage> images, ReadOnlySpan<List<TObject>> found, TBuffer buffer,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Fill(images, found, buffer, cancellationToken);
    }

    /// <summary>The same without a thread that waits while the GPU works.</summary>
    /// <param name="images">The images, whose releases are queued before this returns.</param>
    /// <param name="found">
    /// One list for each image, and not one of another call in flight. They are emptied at once, stay so after an error, and are
    /// filled when the task is complete.
    /// </param>
    /// <param name="buffer">
    /// Holds the masks or key points of all images, until it is passed to another call; not the one of another call in flight.
    /// </param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <remarks>Where images are prepared on the processor, the task ends with a <see cref="ProcessingException"/>.</remarks>
    [OverloadResolutionPriority(-2)]
    public Task DetectAsync(
        ReadOnlySpan<GpuImage> images, IReadOnlyList<List<TObject>> found, TBuffer buffer,
        CancellationToken cancellationToken = default) => buffer is null
        ? Task.FromException(new ArgumentNullException(nameof(buffer))) : FillAsync(images, found, buffer, cancellationToken);
}
