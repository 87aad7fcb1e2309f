using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>
/// Reports what TensorRT's parser would refuse. It sees the model's description only: no weights, attributes or inner shapes. So
/// a model without a finding may still be refused.
/// </summary>
internal static class TensorRtCheck
{
    public static IEnumerable<DiagnosticInfo> Check(string path, ModelDescription model) =>
        Operators(path, model).Concat(Types(path, model)).Concat(Opsets(path, model))
            .Concat(Quantization(path, model)).Concat(DimensionNames(path, model));

    /// <summary>Reports dynamic dimensions that a profile leaves out.</summary>
    public static IEnumerable<DiagnosticInfo> Ranges(
        string path, EquatableArray<DimensionSpec> dimensions, DeclarationSpec declaration)
    {
        foreach (var dimension in dimensions)
        {
            var without = declaration.Profiles.Select((p, i) => (Profile: p, Number: i + 1))
                .Where(p => p.Profile.Ranges.All(r => r.Dimension != dimension.Index)).ToArray();
            var proposal = RangeProposal.Of(dimension.Label, dimension.Parameter.TrimStart('@'), dimension.Axis == 0);
            if (declaration.Profiles.Count == 0)
                yield return DiagnosticInfo.Of(Descriptors.RangeMissing, path, dimension.Label, "", proposal);
            foreach (var (_, number) in without)
                yield return DiagnosticInfo.Of(Descriptors.RangeMissing, path,
                    dimension.Label, $" in profile {Literals.Number(number)} of TrtProfile", proposal);
        }
    }

    private static IEnumerable<DiagnosticInfo> Operators(string path, ModelDescription model)
    {
        foreach (var used in model.Operators)
        {
            if (model.Functions.Contains(used.Domain + ":" + used.Name)) continue;
            if (Refusing(s => s.Takes(used.Name)) is not { } majors) continue;
            var name = used.Domain.Length > 0 ? $"{used.Domain}.{used.Name}" : used.Name;
            yield return DiagnosticInfo.Of(Descriptors.OperatorNotTaken, path, name, majors);
        }
    }

    private static IEnumerable<DiagnosticInfo> Types(string path, ModelDescription model)
    {
        foreach (var tensor in model.Inputs.Concat(model.Outputs))
        {
            // Types without a C# form have a diagnostic of their own.
            if (!CSharpTypes.HasForm(tensor) || Refusing(s => s.Takes(tensor.ElementType)) is not { } majors) continue;
            yield return DiagnosticInfo.Of(Descriptors.TypeNotTaken, path, tensor.Name, tensor.TypeText, majors);
        }
    }

    private static IEnumerable<DiagnosticInfo> Opsets(string path, ModelDescription model)
    {
        foreach (var opset in model.Opsets)
        {
            if (opset.Domain is not ("" or "ai.onnx") || Refusing(s => s.TakesOpset(opset.Version)) is not { } majors) continue;
            var ranges = string.Join(" and ", ParserSupport.All.Where(s => !s.TakesOpset(opset.Version))
                .Select(s => $"{Literals.Number(s.MinimumOpset)} to {Literals.Number(s.MaximumOpset)}").Distinct());
            yield return DiagnosticInfo.Of(Descriptors.OpsetNotTaken, path, Literals.Number(opset.Version), majors, ranges);
        }
    }

    private static IEnumerable<DiagnosticInfo> Quantization(string path, ModelDescription model)
    {
        var count = model.InitializerTypes.FirstOrDefault(t => t.ElementType == ElementType.UInt8)?.Count ?? 0;
        if (count > 0 && model.Operators.Any(o => o.Name is "QuantizeLinear" or "DequantizeLinear"))
            yield return DiagnosticInfo.Of(Descriptors.UnsignedQuantization, path, Literals.Number(count));
    }

    private static IEnumerable<DiagnosticInfo> DimensionNames(string path, ModelDescription model)
    {
        var names = new List<string>();
        foreach (var input in model.Inputs)
            foreach (var dimension in input.Shape.Dimensions)
                if (dimension.Kind == DimensionKind.Unknown && !string.IsNullOrEmpty(dimension.Name)) names.Add(dimension.Name!);
        return names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => DiagnosticInfo.Of(Descriptors.EqualDimensionNames, path, Literals.Number(group.Count()), group.Key));
    }

    /// <summary>The majors that refuse something, for a message; <see langword="null"/> if none does.</summary>
    private static string? Refusing(Func<ParserSupport, bool> takes)
    {
        var majors = ParserSupport.All.Where(s => !takes(s)).Select(s => s.Major).ToArray();
        return majors.Length == 0 ? null : string.Join(" and ", majors);
    }
}
