using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Analyzers;

/// <summary>
/// Reports dynamic dimensions without a range where the item does not ask for TensorRT; elsewhere the generator does. Nearly
/// every model has one, and reporting from the generator slows every cold build. A compiler on a command line does not even start
/// an analyzer that only reports information.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RangeAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create<DiagnosticDescriptor>(Descriptors.RangeMissing);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(
            GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(static start =>
        {
            var sizes = start.Compilation.GetTypeByMetadataName("TrtBindings.DimensionSizesAttribute");
            var origin = start.Compilation.GetTypeByMetadataName("TrtBindings.GeneratedFromAttribute");
            if (sizes is null || origin is null) return;
            start.RegisterSymbolAction(symbol => Check(symbol, sizes, origin), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, INamedTypeSymbol sizes, INamedTypeSymbol origin)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var from = type.GetAttributes()
            .FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, origin));
        if (from?.ConstructorArguments.FirstOrDefault().Value is not string target) return;
        var inputs = type.GetMembers("AllocateInputs").OfType<IMethodSymbol>().FirstOrDefault();
        var without = inputs?.Parameters.Select(p => (Parameter: p, Sizes: DimensionSizes.Of(p, sizes)))
            .Where(d => d.Sizes is { Profiles.Length: 0 }).ToArray() ?? [];
        if (without.Length == 0 || TargetPath.Find(context.Options, target) is not { } text) return;
        if (ItemMetadata.Of(context.Options.AnalyzerConfigOptionsProvider.GetOptions(text)).AsksForTensorRt) return;
        var pages = HelpLinks.FolderOf(context.Options.AnalyzerConfigOptionsProvider);
        foreach (var (parameter, dimension) in without)
        {
            var proposal = RangeProposal.Of(dimension!.Name, parameter.Name, dimension.IsFirstAxis);
            context.ReportDiagnostic(
                DiagnosticInfo.Of(Descriptors.RangeMissing, text.Path, dimension.Name, "", proposal).ToDiagnostic(pages));
        }
    }
}
