namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>An option of an execution provider.</summary>
/// <param name="Key">ONNX Runtime's name of it.</param>
/// <param name="Value">Its value as text.</param>
/// <param name="SinceMinor">Releases 1.x before this one do not know it and are not told.</param>
internal readonly record struct OrtProviderOption(string Key, string Value, int SinceMinor = 0);
