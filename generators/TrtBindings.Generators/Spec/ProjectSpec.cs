using Microsoft.CodeAnalysis.Diagnostics;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>The properties of the project.</summary>
/// <param name="Namespace">Namespace of the generated classes; empty for none.</param>
/// <param name="Diagnostic">The fault in it, if there is one.</param>
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
