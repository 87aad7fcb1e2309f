using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Emit;

/// <summary>Writes the documentation of the class: the whole model on one screen.</summary>
internal static class SummaryEmitter
{
    private const int Rows = 30;
    private const int NameWidth = 40;
    private const int TypeWidth = 64;
    private const int LabelsLength = 160;
    private const int DocumentationLength = 1000;

    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        writer.Doc($"<summary>The model {DocText.Code(model.TargetPath)}{Purpose(model.Description)}</summary>");
        writer.Doc("<remarks>");
        writer.Doc("<code>");
        foreach (var row in Table(model)) writer.Doc(row);
        writer.Doc("</code>");
        writer.Doc($"<para>{Origin(model.Description)}</para>");
        if (Documentation(model.Description) is { Length: > 0 } documentation)
            writer.Doc($"<para>{documentation}</para>");
        if (model.Family is { } family) writer.Doc($"<para>{Engine(family, model.Description)}</para>");
        writer.Doc("<para>Thread-safe, except for disposal: many threads may run one model, each with its own inputs and "
            + "outputs.</para>");
        writer.Doc("</remarks>");
    }

    /// <summary>The engine that takes the model, and its limit.</summary>
    private static string Engine(FamilyMatch family, ModelDescription model)
    {
        var engine = $"<c>{family.Rule.Task}Engine</c> of TrtBindings.Vision takes this model";
        return ScrfdRule.IsInterleaved(model.Inputs, model.Outputs)
            ? engine + ", one image at a time: its outputs have no batch dimension, and rows of several images would come out "
                + "mixed."
            : engine + ".";
    }

    private static string Purpose(ModelDescription model)
    {
        var text = DocText.Escape(model.FindMetadata("description") ?? "", 200);
        return text.Length == 0 ? "." : ": " + text.TrimEnd('.') + ".";
    }

    private static IEnumerable<string> Table(ModelSpec model)
    {
        var inputs = model.Inputs.Count + model.OptionalInputs.Count;
        var tensors = model.Inputs.Concat(model.OptionalInputs).Concat(model.Outputs).Select(t => t.Description).ToArray();
        var shown = tensors.Take(Rows).ToArray();
        var names = Array.ConvertAll(shown, tensor => Cut(tensor.Name, NameWidth));
        var types = Array.ConvertAll(shown, tensor => Cut(TensorText.Type(tensor), TypeWidth));
        var (nameWidth, typeWidth) = (Widest(names), Widest(types));
        for (var i = 0; i < shown.Length; i++)
        {
            var (tensor, role) = (shown[i], i < model.Inputs.Count ? "in " : i < inputs ? "opt" : "out");
            var hasMember = CSharpTypes.HasForm(tensor) || CSharpTypes.IsUntyped(tensor);
            var bytes = hasMember ? TensorText.Bytes(tensor) : "left out: no C# form";
            yield return role + " " + Cell(names[i], nameWidth) + "  " + Cell(types[i], typeWidth) + "  "
                + DocText.Escape(bytes, 100);
        }

        if (tensors.Length > Rows) yield return $"and {Literals.Number(tensors.Length - Rows)} more";
        if (model.Labels.Count == 0) yield break;
        yield return $"{Literals.Number(model.Labels.Count)} classes: "
            + DocText.Escape(string.Join(", ", model.Labels.Take(Rows + 1)), LabelsLength);
    }

    private static int Widest(string[] cells)
    {
        var width = 0;
        foreach (var cell in cells) width = Math.Max(width, cell.Length);
        return width;
    }

    private static string Origin(ModelDescription model)
    {
        var opsets = string.Join(", ", model.Opsets.Take(Rows)
            .Select(o => (o.Domain.Length == 0 ? "ai.onnx" : o.Domain) + " " + Literals.Number(o.Version)));
        var producer = (model.ProducerName + " " + model.ProducerVersion).Trim();
        return DocText.Escape(
            (opsets.Length > 0 ? $"Opset {opsets}, " : "") + "IR version " + Literals.Number(model.IrVersion)
            + (producer.Length > 0 ? ", written by " + producer : "") + ".", 400);
    }

    private static string Documentation(ModelDescription model) => DocText.Escape(
        model.Documentation.Length > 0 ? model.Documentation : model.GraphDocumentation, DocumentationLength);

    /// <summary>Pads by the length before escaping, because that is what a reader sees.</summary>
    private static string Cell(string text, int width) =>
        DocText.Escape(text, int.MaxValue) + new string(' ', width - text.Length);

    private static string Cut(string text, int width) =>
        text.Length <= width ? text : text.Substring(0, width - 1) + "…";
}
