using Microsoft.CodeAnalysis.CSharp;
using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Checks <c>TrtRename</c> against the model's tensors.</summary>
internal static class RenameCheck
{
    /// <summary>Parses and checks the entries. Returns the valid ones: member names by ONNX name.</summary>
    public static IReadOnlyDictionary<string, string> Check(
        string path, string text, ModelDescription model, List<DiagnosticInfo> diagnostics)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text.Length == 0) return result;
        try
        {
            foreach (var entry in RenameParser.Parse(text))
            {
                if (Defect(path, entry, model, result) is { } defect) diagnostics.Add(defect);
                else result.Add(entry.Tensor, entry.Member);
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
        if (!SyntaxFacts.IsValidIdentifier(entry.Member) || TensorNames.IsReserved(entry.Member))
            return DiagnosticInfo.Of(Descriptors.RenameInvalid, path, entry.Tensor, entry.Member);
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

    private static string Known(ModelDescription model) => string.Join(", ", model.Inputs
        .Concat(model.OptionalInputs).Concat(model.Outputs).Where(CSharpTypes.HasForm).Select(t => $"'{t.Name}'").Distinct().Take(8));
}
