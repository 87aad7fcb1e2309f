namespace TrtBindings;

/// <summary>A file outside the .onnx that holds weights.</summary>
/// <param name="Location">The path as written, relative to the model's folder.</param>
/// <param name="RequiredLength">
/// Bytes that the file must at least have for the tensors that point into it: the largest sum of offset and length.
/// A length that is not stated is taken from the tensor's dimensions and element type.
/// </param>
public sealed record ExternalDataReference(string Location, long RequiredLength);
