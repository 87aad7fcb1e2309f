using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Analyzers;

/// <summary>Checks constant indices and slices of tensors and views whose type has the shape.</summary>
internal static class IndexCheck
{
    public static void Index(OperationAnalysisContext context, IPropertyReferenceOperation indexer, IAssemblySymbol runtime)
    {
        if (!indexer.Property.IsIndexer || !IsShaped(indexer.Property.ContainingType, runtime)) return;
        var shape = indexer.Property.ContainingType.TypeArguments;
        var parameters = indexer.Property.Parameters;
        for (var axis = 0; axis < parameters.Length; axis++)
        {
            if (Constant.Of(indexer.Arguments, parameters[axis]) is not { Value: { } index } written) continue;
            var size = FixedSizes.Of(shape[axis + 1], runtime);
            if (index >= 0 && index < (size ?? long.MaxValue)) continue;
            long? nearest = size == 0 ? null : index < 0 ? 0 : size - 1;
            Findings.Report(
                context, Descriptors.IndexOutside, written.Syntax, nearest,
                Literals.Number(axis), Indices(size), Literals.Number(index));
        }
    }

    public static void Slice(OperationAnalysisContext context, IInvocationOperation call, IAssemblySymbol runtime)
    {
        var method = call.TargetMethod;
        if (method is not { Name: "Slice", Parameters.Length: 2 } || !IsShaped(method.ContainingType, runtime)) return;
        var size = FixedSizes.Of(method.ContainingType.TypeArguments[1], runtime);
        if (Constant.Of(call.Arguments, method.Parameters[0]) is not { } start
            || Constant.Of(call.Arguments, method.Parameters[1]) is not { } count)
            return;
        var limit = size ?? long.MaxValue;
        // A start at the end allows an empty slice only; with any other count the start is wrong.
        if (start.Value < 0 || start.Value > limit || (start.Value == limit && count.Value > 0))
            Report(start, Clamp(start.Value.Value, count.Value >= 0 && count.Value <= limit ? limit - count.Value.Value : limit));
        else if (count.Value < 0 || count.Value > limit - (start.Value ?? 0))
            Report(count, Clamp(count.Value.Value, limit - (start.Value ?? 0)));

        void Report(Constant wrong, long nearest) => Findings.Report(
            context, Descriptors.SliceOutside, wrong.Syntax, nearest, SizeText(size), Slice(start.Value, count.Value));
    }

    /// <summary>True for the types whose type arguments are the element type and then the dimensions.</summary>
    private static bool IsShaped(INamedTypeSymbol type, IAssemblySymbol runtime) =>
        type.Name is "InputTensor" or "OutputTensor" or "TensorView" or "ReadOnlyTensorView" && type.Arity > 1
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, runtime);

    private static long Clamp(long value, long maximum) => Math.Min(Math.Max(value, 0), maximum);

    private static string Indices(long? size) => size switch
    {
        null => "indices from 0 on",
        0 => "size 0 and no index at all",
        1 => "size 1 and the index 0",
        _ => $"size {Literals.Number(size.Value)} and indices 0 to {Literals.Number(size.Value - 1)}",
    };

    private static string SizeText(long? size) => size is { } known ? "size " + Literals.Number(known) : "indices from 0 on";

    private static string Slice(long? start, long? count) =>
        (start is { } first ? " from " + Literals.Number(first) : "")
        + (count is { } items ? " of " + Literals.Number(items) : "");
}
