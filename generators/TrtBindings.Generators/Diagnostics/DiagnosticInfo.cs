using Microsoft.CodeAnalysis;
using TrtBindings.Model;

namespace TrtBindings.Generators;

/// <summary>A diagnostic as data, so that it can be compared between runs of the pipeline.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">The model file; <see langword="null"/> for a defect of the project.</param>
/// <param name="Arguments">What goes into the message.</param>
internal sealed record DiagnosticInfo(string Id, string? Path, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Of(DiagnosticDescriptor descriptor, string? path, params string[] arguments) =>
        new(descriptor.Id, path, new(arguments));

    public bool IsError => Descriptors.ById[Id].DefaultSeverity == DiagnosticSeverity.Error;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.ById[Id],
        Path is null ? Location.None : Location.Create(Path, default, default),
        [.. Arguments.Select(object (a) => a)]);
}
