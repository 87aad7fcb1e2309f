using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators;

/// <summary>What a project says of itself.</summary>
/// <param name="Namespace">Namespace of the generated classes; empty for none.</param>
/// <param name="Diagnostic">What is wrong with it.</param>
internal sealed record ProjectSpec(string Namespace, DiagnosticInfo? Diagnostic)
{
    public static ProjectSpec Of(AnalyzerConfigOptions options)
    {
        if (!options.TryGetValue("build_property.RootNamespace", out var text) || text.Length == 0) return new("", null);
        var valid = Identifiers.Namespace(text);
        return string.Equals(valid.Replace("@", ""), text, StringComparison.Ordinal)
            ? new(valid, null)
            : new(valid, DiagnosticInfo.Of(Descriptors.RootNamespaceInvalid, null, text, valid));
    }
}
