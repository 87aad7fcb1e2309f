using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Reports what a model lacks to be loaded, and inputs and outputs that cannot become C#.</summary>
internal static class SignatureCheck
{
    private const int Listed = 8;

    public static IEnumerable<DiagnosticInfo> Check(string path, ModelDescription model)
    {
        if (model.Opsets.Count == 0) yield return DiagnosticInfo.Of(Descriptors.Incomplete, path, "opset_import");
        if (model.IrVersion == 0) yield return DiagnosticInfo.Of(Descriptors.Incomplete, path, "ir_version");
        if (model.InitializerWithoutData is { } name)
            yield return DiagnosticInfo.Of(Descriptors.Incomplete, path, $"data for the initializer '{name}'");
        foreach (var input in model.Inputs)
            if (!CSharpTypes.HasForm(input))
                yield return DiagnosticInfo.Of(
                    Descriptors.InputNotSupported, path, input.Name, CSharpTypes.Describe(input));
        foreach (var repeated in Repeats(model.Inputs))
            yield return DiagnosticInfo.Of(Descriptors.DuplicateInput, path, repeated);

        if (model.Outputs.Count == 0)
        {
            yield return DiagnosticInfo.Of(Descriptors.NoOutputs, path);
            yield break;
        }

        var unusable = model.Outputs.Where(o => !CSharpTypes.HasForm(o) && !CSharpTypes.IsUntyped(o)).ToArray();
        if (unusable.Length == model.Outputs.Count)
        {
            yield return DiagnosticInfo.Of(Descriptors.NoUsableOutput, path, List(unusable));
            yield break;
        }

        foreach (var output in unusable)
            yield return DiagnosticInfo.Of(
                Descriptors.OutputNotSupported, path, output.Name, CSharpTypes.Describe(output));
        foreach (var repeated in Repeats(model.Outputs))
            yield return DiagnosticInfo.Of(Descriptors.DuplicateOutput, path, repeated);
    }

    private static string List(TensorDescription[] values)
    {
        var listed = values.Take(Listed).Select(v => $"'{v.Name}' is {CSharpTypes.Describe(v)}");
        var rest = values.Length > Listed ? $" and {Literals.Number(values.Length - Listed)} more" : "";
        return string.Join(", ", listed) + rest;
    }

    private static IEnumerable<string> Repeats(EquatableArray<TensorDescription> values) =>
        values.GroupBy(v => v.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
}
