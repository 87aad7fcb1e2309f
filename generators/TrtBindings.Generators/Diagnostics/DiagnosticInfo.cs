using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators;

/// <summary>A diagnostic as data, so that it can be compared between runs of the pipeline.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Path">The model file; <see langword="null"/> for a defect of the project.</param>
/// <param name="Arguments">What goes into the message.</param>
internal sealed record DiagnosticInfo(string Id, string? Path, EquatableArray<string> Arguments)
{
    /// <summary>Whether what is information by default is a warning here.</summary>
    public bool IsRaised { get; init; }

    public static DiagnosticInfo Of(DiagnosticDescriptor descriptor, string? path, params string[] arguments) =>
        new(descriptor.Id, path, new(arguments));

    public bool IsError => Descriptors.ById[Id].DefaultSeverity == DiagnosticSeverity.Error;

    /// <summary>
    /// Whether the class is generated in spite of it: beside an error about files on disk or about the item, it keeps the
    /// rest of the program free of errors that only follow from the first.
    /// </summary>
    public bool LeavesTheClass =>
        Id == Descriptors.ExternalDataOutside.Id || Id == Descriptors.TooLarge.Id
        || Descriptors.ById[Id].Category == Descriptors.Item;

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Descriptors.ById[Id],
        Path is null ? Location.None : Location.Create(Path, default, default),
        IsRaised ? DiagnosticSeverity.Warning : Descriptors.ById[Id].DefaultSeverity,
        null,
        null,
        [.. Arguments.Select(object (a) => a)]);
}
