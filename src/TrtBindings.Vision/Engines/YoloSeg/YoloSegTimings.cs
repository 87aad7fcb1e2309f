namespace TrtBindings.Vision;

/// <summary>Where the time of one call went, for the whole batch.</summary>
/// <param name="Preprocess">Letterboxing the images into the model's input.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="Postprocess">Decoding, suppression, boxes back to the image, masks.</param>
public readonly record struct YoloSegTimings(TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess);
