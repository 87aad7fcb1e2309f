using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Diagnostics;

/// <content>The diagnostic as the compiler reports it.</content>
internal sealed partial record DiagnosticInfo
{
    /// <param name="pages">The folder with the diagnostics' pages.</param>
    public Diagnostic ToDiagnostic(string? pages)
    {
        var descriptor = Descriptors.ById[Id].OnDisk(pages);
        return Diagnostic.Create(
            descriptor,
            Path is null ? Location.None : Location.Create(Path, default, default),
            IsRaised ? DiagnosticSeverity.Warning : descriptor.DefaultSeverity,
            null,
            null,
            [.. Arguments.Select(object (a) => a)]);
    }
}
