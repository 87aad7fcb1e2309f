using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Reports a classifier whose pictures are prepared in another way than the model file says.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PresetAnalyzer : DiagnosticAnalyzer
{
    private const string Presets = "TrtBindings.Vision.ClassificationPreprocessing";

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
            if (start.Compilation.GetTypeByMetadataName("TrtBindings.Vision.ClassificationEngine") is not { } engine) return;
            start.RegisterOperationAction(
                operation => Check(operation, (IInvocationOperation)operation.Operation, from, engine), OperationKind.Invocation);
        });
    }

    private static void Check(
        OperationAnalysisContext context, IInvocationOperation call, INamedTypeSymbol from, INamedTypeSymbol engine)
    {
        if (call.TargetMethod.Name != "Create" || call.Arguments.Length < 2
            || !SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, engine)) return;
        if (PresetOf(Unwrapped(call.Arguments[1].Value)) is not { } preset) return;
        var model = Unwrapped(call.Arguments[0].Value).Type;
        var said = model?.GetAttributes()
            .FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.AttributeClass, from))?.NamedArguments
            .FirstOrDefault(one => one.Key == "Preprocessing").Value.Value as string;
        if (string.IsNullOrEmpty(said) || said == preset) return;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.PresetContradicted.OnDisk(context.Options), call.Arguments[1].Syntax.GetLocation(), model!.Name, said,
            preset));
    }

    /// <summary>The preset that a value is, or was made from by <c>with</c>.</summary>
    private static string? PresetOf(IOperation value) => value switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true } property }
            when property.ContainingType.ToDisplayString() == Presets => property.Name,
        IWithOperation with => PresetOf(Unwrapped(with.Operand)),
        _ => null,
    };

    private static IOperation Unwrapped(IOperation value) =>
        value is IConversionOperation { IsImplicit: true } conversion ? Unwrapped(conversion.Operand) : value;
}
