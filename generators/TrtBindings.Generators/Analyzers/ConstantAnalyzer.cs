using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Reports constants that a tensor or model would refuse at run time.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create<DiagnosticDescriptor>(
            Descriptors.IndexOutside, Descriptors.SliceOutside, Descriptors.SizeRefused, Descriptors.SizeOutsideProfiles);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName("TrtBindings.DimensionSizesAttribute") is not { } sizes) return;
            var runtime = sizes.ContainingAssembly;
            start.RegisterOperationAction(
                operation => IndexCheck.Index(operation, (IPropertyReferenceOperation)operation.Operation, runtime),
                OperationKind.PropertyReference);
            start.RegisterOperationAction(
                operation =>
                {
                    var call = (IInvocationOperation)operation.Operation;
                    IndexCheck.Slice(operation, call, runtime);
                    SizeCheck.Check(operation, call, sizes);
                },
                OperationKind.Invocation);
        });
    }
}
