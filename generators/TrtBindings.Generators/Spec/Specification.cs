namespace TrtBindings.Generators;

/// <summary>What becomes of one model.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Model">What to generate; <see langword="null"/> if a defect forbids it.</param>
/// <param name="Diagnostics">Every defect found.</param>
internal sealed record Specification(string Path, ModelSpec? Model, EquatableArray<DiagnosticInfo> Diagnostics);
