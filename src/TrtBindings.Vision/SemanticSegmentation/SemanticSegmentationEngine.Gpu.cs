using System.Runtime.CompilerServices;

namespace TrtBindings.Vision;

/// <content>Images that are on the GPU already. <see cref="GpuImageOrder"/> says when their pixels are read.</content>
public sealed partial class SemanticSegmentationEngine<TLabel>
{
    /// <summary>Gives every pixel of one image on the GPU a class.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public ClassMap<TLabel> Segment(GpuImage image, CancellationToken cancellationToken = default) =>
        Run(new ReadOnlySpan<GpuImage>(in image), cancellationToken)[0];

    /// <summary>Gives every pixel of several images on the GPU a class; one map for each image, in order.</summary>
    /// <param name="images">The images.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public IReadOnlyList<ClassMap<TLabel>> Segment(
        ReadOnlySpan<GpuImage> images, CancellationToken cancellationToken = default) => Run(images, cancellationToken);

    /// <summary>Gives every pixel of one image on the GPU a class, in a map of the caller.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">Its content is replaced; empty after an error.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ProcessingException">This engine prepares images on the processor.</exception>
    [OverloadResolutionPriority(-2)]
    public void Segment(GpuImage image, ClassMap<TLabel> map, CancellationToken cancellationToken = default) =>
        Fill(image, map, null, cancellationToken);

    /// <summary>Gives every pixel of one image on the GPU a class; no thread waits while the GPU works.</summary>
    /// <param name="image">The image, whose release is queued before this returns.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    [OverloadResolutionPriority(-2)]
    public Task<ClassMap<TLabel>> SegmentAsync(GpuImage image, CancellationToken cancellationToken = default) =>
        RunAsync(new ReadOnlySpan<GpuImage>(in image), static results => results[0], cancellationToken);
}
