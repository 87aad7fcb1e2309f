using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Checks <c>TrtRename</c> against the model's tensors and the dynamic dimensions of its inputs.</summary>
internal static class RenameCheck
{
    /// <summary>Parses and checks the entries. Returns the valid ones.</summary>
    public static ChosenNames Check(
        string path, string text, ModelDescription model, IReadOnlyList<DynamicDimension> dimensions,
        List<DiagnosticInfo> diagnostics)
    {
        var tensors = new Dictionary<string, string>(StringComparer.Ordinal);
        var sizes = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = new ChosenNames(tensors, sizes);
        if (text.Length == 0) return result;
        try
        {
            foreach (var entry in RenameParser.Parse(text))
            {
                // If a tensor and a dimension have one name, the tensor is meant.
                var isDimension = dimensions.Any(d => d.Name == entry.Tensor) && !model.Inputs
                    .Concat(model.OptionalInputs).Concat(model.Outputs).Any(t => t.Name == entry.Tensor);
                var defect = isDimension ? DimensionDefect(path, entry, model, dimensions, result)
                    : Defect(path, entry, model, tensors);
                if (defect is not null) diagnostics.Add(defect);
                else (isDimension ? sizes : tensors).Add(entry.Tensor, entry.Member);
            }
        }
        catch (ItemTextException e)
        {
            diagnostics.Add(ItemDiagnostics.Malformed(path, "TrtRename", text, e));
        }

        return result;
    }

    private static DiagnosticInfo? Defect(
        string path, RenameEntry entry, ModelDescription model, Dictionary<string, string> taken)
    {
        var inputs = new EquatableArray<TensorDescription>([.. model.Inputs, .. model.OptionalInputs]);
        var sides = new[] { inputs, model.Outputs }
            .Where(s => s.Any(t => CSharpTypes.HasForm(t) && t.Name == entry.Tensor)).ToArray();
        if (sides.Length == 0) return DiagnosticInfo.Of(Descriptors.RenameUnknown, path, entry.Tensor, Known(model));
        if (Invalid(path, entry) is { } invalid) return invalid;
        if (taken.ContainsKey(entry.Tensor)) return Clash("it is renamed twice");
        var other = sides.SelectMany(s => s.Where(CSharpTypes.HasForm).Select((t, i) => (Tensor: t, Index: i, Side: s)))
            .FirstOrDefault(t => t.Tensor.Name != entry.Tensor && Natural(t.Tensor, t.Side) == entry.Member).Tensor;
        return other is null ? null : Clash($"'{other.Name}' has that name");

        DiagnosticInfo Clash(string why) =>
            DiagnosticInfo.Of(Descriptors.RenameClash, path, entry.Tensor, entry.Member, why);

        string Natural(TensorDescription tensor, EquatableArray<TensorDescription> side) =>
            taken.TryGetValue(tensor.Name, out var member) ? member
                : Identifiers.Pascal(tensor.Name, side == inputs ? "Input" : "Output", "");
    }

    private static DiagnosticInfo? DimensionDefect(
        string path, RenameEntry entry, ModelDescription model, IReadOnlyList<DynamicDimension> dimensions, ChosenNames chosen)
    {
        if (Invalid(path, entry) is { } invalid) return invalid;
        if (chosen.Dimensions.ContainsKey(entry.Tensor)) return Clash("it is renamed twice");
        var tensor = model.Inputs.Concat(model.OptionalInputs).Where(CSharpTypes.HasForm).FirstOrDefault(t => entry.Member
            == (chosen.Tensors.TryGetValue(t.Name, out var member) ? member : Identifiers.Pascal(t.Name, "Input", "")));
        if (tensor is not null) return Clash($"'{tensor.Name}' has that name");
        var other = dimensions.FirstOrDefault(d => d.Name is { } name && name != entry.Tensor && entry.Member
            == (chosen.Dimensions.TryGetValue(name, out var member) ? member : Identifiers.Pascal(name, "Dim", "")));
        return other is null ? null : Clash($"'{other.Name}' has that name");

        DiagnosticInfo Clash(string why) =>
            DiagnosticInfo.Of(Descriptors.RenameClash, path, entry.Tensor, entry.Member, why);
    }

    private static DiagnosticInfo? Invalid(string path, RenameEntry entry) =>
        CSharpWords.IsIdentifier(entry.Member) && !TensorNames.IsReserved(entry.Member) ? null
            : DiagnosticInfo.Of(Descriptors.RenameInvalid, path, entry.Tensor, entry.Member);

    private static string Known(ModelDescription model) => string.Join(", ", model.Inputs
        .Concat(model.OptionalInputs).Concat(model.Outputs).Where(CSharpTypes.HasForm).Select(t => $"'{t.Name}'")
        .Distinct().Take(8));
}

/// <summary>Names that the project chose, by ONNX name.</summary>
/// <param name="Tensors">Members for tensors.</param>
/// <param name="Dimensions">Properties for dynamic dimensions; parameters have the same name in camel case.</param>
internal sealed record ChosenNames(
    IReadOnlyDictionary<string, string> Tensors, IReadOnlyDictionary<string, string> Dimensions);
