using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators;

/// <summary>
/// A file and what reading it gave. A class and not a pair: for every shape of value type in the pipeline, a cold build
/// compiles the compiler's own tables once more.
/// </summary>
/// <param name="Text">The file as the compiler knows it; compared by identity, which changes when the file does.</param>
/// <param name="File">What it says.</param>
internal sealed record OpenedFile(AdditionalText Text, ModelFile File);
