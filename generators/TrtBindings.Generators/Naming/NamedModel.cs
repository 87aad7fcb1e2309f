namespace TrtBindings.Generators;

/// <summary>A model with the names that must differ between models.</summary>
/// <param name="Item">The model.</param>
/// <param name="ClassName">Name of its class.</param>
/// <param name="Namespace">Namespace of its class; empty for none.</param>
/// <param name="HintName">Name of its generated file for the compiler.</param>
/// <param name="Clash">Why there can be no class for it beside the others; <see langword="null"/> if there can.</param>
internal sealed record NamedModel(ModelItem Item, string ClassName, string Namespace, string HintName, DiagnosticInfo? Clash);
