using Microsoft.CodeAnalysis;
using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Input;

/// <summary>The contents of one .onnx, without its weights.</summary>
/// <param name="Path">Its path, as the compiler got it.</param>
/// <param name="Description">Its description; <see langword="null"/> if it cannot be read.</param>
/// <param name="Diagnostics">Faults of the file and its external data.</param>
internal sealed record ModelFile(string Path, ModelDescription? Description, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>
/// A file and its contents. A class instead of a tuple: for every distinct value type in the pipeline, a cold build compiles the
/// compiler's generic tables once more.
/// </summary>
/// <param name="Text">The compiler's object, compared by identity; a changed file is a new object.</param>
/// <param name="File">The contents.</param>
internal sealed record OpenedFile(AdditionalText Text, ModelFile File);
