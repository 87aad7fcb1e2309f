using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Analyzers;

/// <summary>
/// Reports a model given to an engine of another family, and names the engine that takes it. The compiler has then chosen the
/// overload for any object.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EngineAnalyzer : DiagnosticAnalyzer
{
    private const string Suffix = "Engine";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create<DiagnosticDescriptor>(Descriptors.WrongEngine);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(static operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (!IsForAnyObject(call.TargetMethod) || call.Arguments.Length == 0) return;
            var value = call.Arguments[0].Value;
            while (value is IConversionOperation { IsImplicit: true } conversion) value = conversion.Operand;
            operation.ReportDiagnostic(Diagnostic.Create(
                Descriptors.WrongEngine.OnDisk(operation.Options), call.Arguments[0].Syntax.GetLocation(),
                value.Type?.Name ?? "null", call.TargetMethod.ContainingType.Name,
                Reason(value.Type, call.TargetMethod.ContainingType.Name)));
        }, OperationKind.Invocation);
    }

    /// <summary>Whether a method is the overload of an engine's <c>Create</c> that takes what no other takes.</summary>
    internal static bool IsForAnyObject(IMethodSymbol method) =>
        method is { Name: "Create", IsStatic: true, Parameters.Length: > 0 }
        && method.Parameters[0].Type.SpecialType == SpecialType.System_Object
        && method.ContainingType.Name.EndsWith(Suffix, StringComparison.Ordinal)
        && method.ContainingNamespace.ToDisplayString() == "TrtBindings.Vision";

    private static string Reason(ITypeSymbol? type, string engine)
    {
        var families = FamilyRules.All.Where(rule => type?.AllInterfaces.Any(one => IsOf(one, rule)) == true)
            .Select(rule => rule.Task + Suffix).ToArray();
        if (families.Length > 0) return $"{string.Join(" or ", families)} takes it";
        var rule = FamilyRules.Find(engine.Substring(0, engine.Length - Suffix.Length));
        var from = type?.GetAttributes()
            .FirstOrDefault(one => one.AttributeClass?.ToDisplayString() == "TrtBindings.GeneratedFromAttribute");
        if (from is null) return "it takes the class that the build generates for a model file";
        return from.NamedArguments.FirstOrDefault(one => one.Key == "Problem").Value.Value is string { Length: > 0 } problem
            ? problem
            : $"that takes a model with {rule?.Shapes}. If it is one, TrtTask=\"{rule?.Task}\" on its item says what is "
                + "different";
    }

    private static bool IsOf(INamedTypeSymbol type, FamilyRule rule) => type.Name == $"I{rule.Task}Model"
        && type.ContainingNamespace.ToDisplayString() == "TrtBindings";
}
