namespace TrtBindings.Generators;

/// <summary>Every .onnx of the project. A class and not an array, for the reason given at <see cref="OpenedFile"/>.</summary>
internal sealed record ModelItems(EquatableArray<ModelItem> Items);
