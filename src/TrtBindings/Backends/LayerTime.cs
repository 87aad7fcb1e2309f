namespace TrtBindings;

/// <summary>The time that one layer of an engine took in one run.</summary>
/// <param name="Layer">TensorRT's name of the layer, which often stands for several nodes of the model.</param>
/// <param name="Milliseconds">Time on the GPU in milliseconds.</param>
public sealed record LayerTime(string Layer, double Milliseconds);
