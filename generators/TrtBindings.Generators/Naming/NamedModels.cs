namespace TrtBindings.Generators;

/// <summary>All models of the project, once each.</summary>
internal sealed record NamedModels(EquatableArray<NamedModel> Models);
