using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Reports an engine that prepares pictures in another way than the model file says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PresetAnalyzer : DiagnosticAnalyzer
{
    private const string Space = "TrtBindings.Vision.";

    /// <summary>Engines that take a preset, and its type.</summary>
    private static readonly (string Engine, string Presets)[] Engines =
    [
        (Space + "ClassificationEngine", Space + "ClassificationPreprocessing"),
        (Space + "SemanticSegmentationEngine", Space + "SegmentationPreprocessing"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create<DiagnosticDescriptor>(Descriptors.PresetContradicted);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("TrtBindings.GeneratedFromAttribute") is not { } from) return;
            start.RegisterOperationAction(
                operation => Check(operation, (IInvocationOperation)operation.Operation, from), OperationKind.Invocation);
        });
    }

    private static void Check(OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol from)
    {
        if (call.TargetMethod.Name != "Create" || call.Arguments.Length < 2) return;
        if (PresetOf(Unwrapped(call.Arguments[1].Value)) is not { } preset) return;
        var engine = call.TargetMethod.ContainingType.ToDisplayString();
        if (!Engines.Any(one => one.Engine == engine && one.Presets == preset.ContainingType.ToDisplayString())) return;
        var model = Unwrapped(call.Arguments[0].Value).Type;
        var said = model?.GetAttributes()
            .FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.AttributeClass, from))?.NamedArguments
            .FirstOrDefault(one => one.Key == "Preprocessing").Value.Value as string;
        if (string.IsNullOrEmpty(said) || said == preset.Name) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.PresetContradicted.OnDisk(context.Options), call.Arguments[1].Syntax.GetLocation(), model!.Name,
            $"{preset.ContainingType.Name}.{said}", preset.Name));
    }

    /// <summary>The preset that a value is, or was made from by <c>with</c>.</summary>
    private static IPropertySymbol? PresetOf(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true } property } => property,
        IWithOperation with => PresetOf(Unwrapped(with.Operand)),
        _ => null,
    };

    private static IOperation Unwrapped(IOperation value) =>
        value is IConversionOperation { IsImplicit: true } conversion ? Unwrapped(conversion.Operand) : value;
}
