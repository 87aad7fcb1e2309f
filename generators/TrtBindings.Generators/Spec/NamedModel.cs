using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Spec;

/// <summary>A model with its distinct names.</summary>
/// <param name="Item">The model.</param>
/// <param name="ClassName">Name of its class.</param>
/// <param name="Namespace">Namespace of its class; empty for none.</param>
/// <param name="HintName">Name of its generated file for the compiler.</param>
/// <param name="Clash">The name clash that prevents its class; <see langword="null"/> if there is none.</param>
internal sealed record NamedModel(ModelItem Item, string ClassName, string Namespace, string HintName, DiagnosticInfo? Clash);

/// <summary>All models of the project, once each.</summary>
internal sealed record NamedModels(EquatableArray<NamedModel> Models);
