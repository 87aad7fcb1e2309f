namespace TrtBindings;

/// <summary>An operator set that the model uses.</summary>
/// <param name="Domain">The domain as written; empty for <c>ai.onnx</c>.</param>
/// <param name="Version">The version.</param>
public sealed record OpsetImport(string Domain, long Version);
