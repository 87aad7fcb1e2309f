namespace TrtBindings.Generators;

/// <summary>One range of a profile, found in the model.</summary>
/// <param name="Dimension">Index among the dynamic dimensions of the inputs.</param>
/// <param name="Name">ONNX name of the dimension, or <c>tensor[axis]</c>.</param>
/// <param name="Minimum">The least size.</param>
/// <param name="Optimum">The size to be fastest at.</param>
/// <param name="Maximum">The largest size.</param>
internal sealed record ProfileRangeSpec(int Dimension, string Name, long Minimum, long Optimum, long Maximum);
