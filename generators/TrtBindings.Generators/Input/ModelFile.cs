using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Input;

/// <summary>The contents of one .onnx, without its weights.</summary>
/// <param name="Path">Its path, as the compiler got it.</param>
/// <param name="Description">Its description; <see langword="null"/> if it cannot be read.</param>
/// <param name="Diagnostics">Faults of the file and its external data.</param>
internal sealed record ModelFile(string Path, ModelDescription? Description, EquatableArray<DiagnosticInfo> Diagnostics);
