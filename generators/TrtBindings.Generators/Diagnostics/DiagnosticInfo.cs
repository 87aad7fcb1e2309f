using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Diagnostics;

/// <summary>A diagnostic as data, so that it can be compared between runs of the pipeline.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">The model file; <see langword="null"/> for a fault of the project.</param>
/// <param name="Arguments">Arguments of the message.</param>
internal sealed record DiagnosticInfo(string Id, string? Path, EquatableArray<string> Arguments)
{
    /// <summary>True if a finding that is information by default is a warning here.</summary>
    public bool IsRaised { get; init; }

    public static DiagnosticInfo Of(DiagnosticDescriptor descriptor, string? path, params string[] arguments) =>
        new(descriptor.Id, path, new(arguments));

    public bool IsError => Descriptors.ById[Id].DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>
    /// True if the class is generated in spite of the error. For errors about files on disk or about the item this avoids further
    /// errors wherever the program uses the class.
    /// </summary>
    public bool LeavesTheClass =>
        Id == Descriptors.ExternalDataOutside.Id || Id == Descriptors.TooLarge.Id
        || Descriptors.ById[Id].Category == Descriptors.Item;

    /// <param name="pages">The folder with the diagnostics' pages.</param>
    public Diagnostic ToDiagnostic(string? pages) => Diagnostic.Create(
        Descriptors.ById[Id].OnDisk(pages),
        Path is null ? Location.None : Location.Create(Path, default, default),
        IsRaised ? DiagnosticSeverity.Warning : Descriptors.ById[Id].DefaultSeverity,
        null,
        null,
        [.. Arguments.Select(object (a) => a)]);
}
