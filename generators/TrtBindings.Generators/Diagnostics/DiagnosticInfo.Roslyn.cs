using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Diagnostics;

/// <content>The diagnostic as the compiler reports it.</content>
internal sealed partial record DiagnosticInfo
{
    public Diagnostic ToDiagnostic()
    {
        DiagnosticDescriptor descriptor = Descriptors.ById[Id];
        return Diagnostic.Create(
            descriptor,
            Path is null ? Location.None : Location.Create(Path, default, default),
            IsRaised ? DiagnosticSeverity.Warning : descriptor.DefaultSeverity,
            null,
            null,
            [.. Arguments.Select(object (a) => a)]);
    }
}
