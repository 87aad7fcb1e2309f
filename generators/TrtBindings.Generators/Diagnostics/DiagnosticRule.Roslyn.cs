using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators.Diagnostics;

/// <content>The rule as the compiler knows it.</content>
internal sealed partial class DiagnosticRule
{
    private DiagnosticDescriptor? _descriptor;

    public static implicit operator DiagnosticDescriptor(DiagnosticRule rule) => rule._descriptor ??= new(
        rule.Id, rule.Title, rule.Message, rule.Category,
        rule.DefaultSeverity switch
        {
            RuleSeverity.Error => DiagnosticSeverity.Error,
            RuleSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        },
        isEnabledByDefault: true, helpLinkUri: rule.HelpLinkUri);
}
