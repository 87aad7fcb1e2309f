using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>Checks <c>TrtRename</c> against the model's tensors and the dynamic dimensions of its inputs.</summary>
internal sealed class RenameCheck
{
    private readonly string _path;
    private readonly ModelDescription _model;
    private readonly IReadOnlyList<DynamicDimension> _dimensions;
    private readonly RenameEntry[] _entries;
    private readonly Dictionary<string, string> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sizes = new(StringComparer.Ordinal);

    private RenameCheck(
        string path, ModelDescription model, IReadOnlyList<DynamicDimension> dimensions, RenameEntry[] entries) =>
        (_path, _model, _dimensions, _entries) = (path, model, dimensions, entries);

    /// <summary>Parses and checks the entries. Returns the valid ones.</summary>
    public static ChosenNames Check(
        string path, string text, ModelDescription model, IReadOnlyList<DynamicDimension> dimensions,
        List<DiagnosticInfo> diagnostics)
    {
        RenameEntry[] entries = [];
        try
        {
            if (text.Length > 0) entries = [.. RenameParser.Parse(text)];
        }
        catch (ItemTextException e)
        {
            diagnostics.Add(ItemDiagnostics.Malformed(path, "TrtRename", text, e));
        }

        var check = new RenameCheck(path, model, dimensions, entries);
        foreach (var entry in entries)
        {
            var isDimension = check.IsDimension(entry.Tensor);
            if (check.Defect(entry, isDimension) is { } defect) diagnostics.Add(defect);
            else (isDimension ? check._sizes : check._tensors).Add(entry.Tensor, entry.Member);
        }

        return new(check._tensors, check._sizes);
    }

    /// <summary>True for the name of a dimension. If a tensor has it too, the tensor is meant.</summary>
    private bool IsDimension(string name) => _dimensions.Any(d => d.Name == name) && !_model.Inputs
        .Concat(_model.OptionalInputs).Concat(_model.Outputs).Any(t => t.Name == name);

    private DiagnosticInfo? Defect(RenameEntry entry, bool isDimension)
    {
        var isInput = isDimension || _model.Inputs.Concat(_model.OptionalInputs).Any(IsMeant);
        var isOutput = !isDimension && _model.Outputs.Any(IsMeant);
        if (!isInput && !isOutput) return DiagnosticInfo.Of(Descriptors.RenameUnknown, _path, entry.Tensor, Known());
        if (!CSharpWords.IsIdentifier(entry.Member) || TensorNames.IsReserved(entry.Member))
            return DiagnosticInfo.Of(Descriptors.RenameInvalid, _path, entry.Tensor, entry.Member);
        if ((isDimension ? _sizes : _tensors).ContainsKey(entry.Tensor)) return Clash("it is renamed twice");
        var others = (isInput ? OfInputs() : []).Concat(isOutput ? Tensors(_model.Outputs, "Output") : []);
        var other = others.FirstOrDefault(o => o.Name != entry.Tensor && o.Member == entry.Member).Name;
        return other is null ? null : Clash($"'{other}' has that name");

        bool IsMeant(TensorDescription tensor) => CSharpTypes.HasForm(tensor) && tensor.Name == entry.Tensor;

        DiagnosticInfo Clash(string why) =>
            DiagnosticInfo.Of(Descriptors.RenameClash, _path, entry.Tensor, entry.Member, why);
    }

    /// <summary>What stands in one class: tensors of the inputs and dynamic dimensions.</summary>
    private IEnumerable<(string Name, string? Member)> OfInputs() => Tensors(_model.Inputs, "Input")
        .Concat(Tensors(_model.OptionalInputs, "Optional")).Concat(_dimensions.Select((dimension, i) =>
        {
            var name = dimension.Name ?? _model.Inputs[dimension.Input].Name + "[" + Literals.Number(dimension.Axis) + "]";
            return (name, MemberOf(name, _sizes, isDimension: dimension.Name is not null,
                () => NaturalNames.OfDimension(dimension, i, _model.Inputs)));
        }));

    private IEnumerable<(string Name, string? Member)> Tensors(EquatableArray<TensorDescription> tensors, string role) =>
        tensors.Select((tensor, i) => (Tensor: tensor, Index: i))
            .Where(t => CSharpTypes.HasForm(t.Tensor) || (role == "Output" && CSharpTypes.IsUntyped(t.Tensor)))
            .Select(t => (t.Tensor.Name, MemberOf(t.Tensor.Name, _tensors, isDimension: false,
                () => NaturalNames.OfTensor(t.Tensor.Name, role, t.Index))));

    /// <summary>
    /// The member's name as far as it is decided. What a later entry names is compared when it is that one's turn, so that two
    /// may change names.
    /// </summary>
    private string? MemberOf(string name, Dictionary<string, string> chosen, bool isDimension, Func<string> natural) =>
        chosen.TryGetValue(name, out var member) ? member
            : _entries.Any(entry => entry.Tensor == name && IsDimension(name) == isDimension) ? null
            : natural();

    private string Known() => string.Join(", ", _model.Inputs
        .Concat(_model.OptionalInputs).Concat(_model.Outputs).Where(CSharpTypes.HasForm).Select(t => $"'{t.Name}'")
        .Distinct().Take(8));
}

/// <summary>Names that the project chose, by ONNX name.</summary>
/// <param name="Tensors">Members for tensors.</param>
/// <param name="Dimensions">Properties for dynamic dimensions; parameters have the same name in camel case.</param>
internal sealed record ChosenNames(
    IReadOnlyDictionary<string, string> Tensors, IReadOnlyDictionary<string, string> Dimensions);
