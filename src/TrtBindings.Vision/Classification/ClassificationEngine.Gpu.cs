using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <content>Images that are on the GPU already. <see cref="GpuImageOrder"/> says when their pixels are read.</content>
public sealed partial class ClassificationEngine<TLabel>
{
    /// <summary>Finds the best classes of one image on the GPU, in falling order of score.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public IReadOnlyList<ClassificationResult<TLabel>> Classify(GpuImage image, CancellationToken cancellationToken = default) =>
        Run(new ReadOnlySpan<GpuImage>(in image), cancellationToken)[0];

    /// <summary>Finds the best classes of several images on the GPU; one list for each image, in order.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public IReadOnlyList<IReadOnlyList<ClassificationResult<TLabel>>> Classify(
        ReadOnlySpan<GpuImage> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>Finds the best classes of one image on the GPU and puts them in a list of the caller.</summary>
    /// <param name="image">The image.</param>
    /// <param name="found">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Classify(
        GpuImage image, List<ClassificationResult<TLabel>> found, CancellationToken cancellationToken = default) =>
        Fill(image, found, null, cancellationToken);

    /// <summary>Finds the best classes of one image on the GPU; no thread waits while the GPU works.</summary>
    /// <param name="image">The image, whose release is queued before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-2)]
    public Task<IReadOnlyList<ClassificationResult<TLabel>>> ClassifyAsync(
        GpuImage image, CancellationToken cancellationToken = default) =>
        RunAsync<IReadOnlyList<ClassificationResult<TLabel>>>(
            new ReadOnlySpan<GpuImage>(in image), static results => results[0], cancellationToken);
}
