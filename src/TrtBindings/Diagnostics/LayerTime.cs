namespace TrtBindings;

/// <summary>The time that one layer of an engine took in one run.</summary>
/// <param name="Layer">The layer as TensorRT calls it: often several nodes of the model in one.</param>
/// <param name="Milliseconds">On the GPU, in milliseconds.</param>
public sealed record LayerTime(string Layer, double Milliseconds);
