using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Input;

/// <summary>
/// A file and its contents. A class instead of a tuple: for every distinct value type in the pipeline, a cold build compiles the
/// compiler's generic tables once more.
/// </summary>
/// <param name="Text">The compiler's object, compared by identity; a changed file is a new object.</param>
/// <param name="File">The contents.</param>
internal sealed record OpenedFile(AdditionalText Text, ModelFile File);
