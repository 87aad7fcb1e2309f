using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TrtBindings.Generators;

/// <summary>Finds constants that no tensor and no model would take at run time, where they are written.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
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
                    SizeCheck.Call(operation, call, sizes);
                },
                OperationKind.Invocation);
        });
    }
}
