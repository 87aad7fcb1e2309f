using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Spec;

/// <summary>One .onnx of the project.</summary>
/// <param name="File">The contents of the file.</param>
/// <param name="TargetPath">Where the build copies it, below the program's folder, with forward slashes.</param>
/// <param name="Metadata">The metadata of the item.</param>
internal sealed record ModelItem(ModelFile File, string TargetPath, ItemMetadata Metadata);

/// <summary>Every .onnx of the project. A class and not an array, for the reason given at <c>OpenedFile</c>.</summary>
internal sealed record ModelItems(EquatableArray<ModelItem> Items);
