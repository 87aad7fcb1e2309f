namespace TrtBindings;

/// <summary>
/// One size that a caller chooses: a name that a model's inputs use, or one unknown dimension of one input.
/// </summary>
/// <param name="Name">The ONNX name; <see langword="null"/> for an unknown dimension.</param>
/// <param name="Input">Index of the first input that has it.</param>
/// <param name="Axis">Its axis there.</param>
public sealed record DynamicDimension(string? Name, int Input, int Axis);
