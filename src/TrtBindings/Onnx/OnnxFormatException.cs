namespace TrtBindings.Onnx;

/// <summary>Bytes that are not a readable .onnx.</summary>
public sealed class OnnxFormatException(string message) : Exception(message);
