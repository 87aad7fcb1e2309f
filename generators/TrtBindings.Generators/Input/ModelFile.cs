namespace TrtBindings.Generators;

/// <summary>What reading one .onnx gave.</summary>
/// <param name="Path">Its path, as the compiler was given it.</param>
/// <param name="Description">What it says of itself; <see langword="null"/> if it cannot be read.</param>
/// <param name="Diagnostics">What is wrong with the file and the files beside it.</param>
internal sealed record ModelFile(string Path, ModelDescription? Description, EquatableArray<DiagnosticInfo> Diagnostics);
