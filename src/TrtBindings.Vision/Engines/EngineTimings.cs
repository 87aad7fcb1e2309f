namespace TrtBindings.Vision;

/// <summary>Where the time of one call went, for the whole batch.</summary>
/// <param name="Preprocess">Bringing the images into the model's input.</param>
/// <param name="Inference">The model's run.</param>
/// <param name="Postprocess">Making results of what the model gave.</param>
public readonly record struct EngineTimings(TimeSpan Preprocess, TimeSpan Inference, TimeSpan Postprocess);
