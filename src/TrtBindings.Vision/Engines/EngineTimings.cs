namespace TrtBindings.Vision;

/// <summary>
/// Times of one call, for the whole batch. What the GPU does is measured there, by CUDA events; waiting for it, and the upload of
/// images that it prepares, are in none of them.
/// </summary>
/// <param name="Preprocess">Preparing the images: on the processor, and on the GPU.</param>
/// <param name="Inference">The model's run. With tensors in host memory their copies are part of it.</param>
/// <param name="Postprocess">Making the results: on the GPU, and on the processor.</param>
public readonly record struct EngineTimings(TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess);
