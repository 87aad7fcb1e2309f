using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>Writes a generated <c>Inputs</c> or <c>Outputs</c> class and the methods that make one.</summary>
internal sealed class TensorSetEmitter(CodeWriter writer, ModelSpec model, bool isInput)
{
    private const string Span = "global::System.ReadOnlySpan<long>";
    private const int DocumentationLength = 600;

    private readonly EquatableArray<TensorSpec> _tensors = isInput ? model.Inputs : model.Outputs;
    private readonly EquatableArray<DimensionSpec> _dimensions = isInput ? model.InputDimensions : model.OutputDimensions;
    private readonly TensorSpec[] _wrapped = [.. (isInput ? model.Inputs : model.Outputs).Where(t => t.IsWrappable)];
    private readonly TensorSpec[] _unranked =
        [.. (isInput ? model.Inputs : model.Outputs).Where(t => t.ShapeParameter is not null)];

    private string Role => isInput ? "Input" : "Output";

    private string ClassName => Role + "s";

    /// <summary>Writes the methods of the model class that make one.</summary>
    public void EmitFactories()
    {
        var role = Role.ToLowerInvariant();
        var limit = _dimensions.Count > 0 ? "; sizes up to these fit" : "";
        EmitFactory(
            "Allocate", $"Allocates memory for every {role}, page-locked if the model runs on a GPU{limit}.",
            "A size is out of range, or the system has too little memory.", []);
        if (_wrapped.Length == 0) return;
        var text = _tensors.Any(t => t.CSharpType is not null && t.IsText) ? " Text has memory of its own." : "";
        EmitFactory(
            "Wrap", $"Uses memory of the caller for every {role} and pins it until the {role}s are disposed{limit}.{text}",
            "A size is out of range, or the memory is too small.", _wrapped);
    }

    /// <summary>Writes the method that code for any model of a family calls. Unranked tensors start as scalars.</summary>
    public void EmitCore()
    {
        writer.Gap();
        writer.Doc("<inheritdoc/>");
        writer.Method(
            $"protected override {ClassName} Create{ClassName}Core", [Span + " dimensions"],
            "new", ["this", "dimensions", .. _unranked.Select(_ => "[]")]);
    }

    /// <summary>For inputs: writes the method that readies the model for runs at given sizes.</summary>
    public void EmitWarmUp()
    {
        writer.Gap();
        writer.Doc(
            "<summary>Runs a few times at these sizes on zeros, so that the first real run is as fast as later ones.</summary>");
        DocDimensions();
        foreach (var tensor in _unranked)
            writer.Doc($"<param name=\"{tensor.ShapeParameter}\">Shape of {DocText.Code(tensor.Description.Name)}.</param>");
        Throws("A size is out of range, or the system has too little memory.");
        var inputs = string.Join(", ", _dimensions.Select(d => d.Parameter).Concat(_unranked.Select(t => t.ShapeParameter)));
        var outputs = string.Join(", ", model.OutputDimensions.Select(d => d.Parameter));
        writer.Method(
            "public void WarmUp", [.. DimensionParameters, .. ShapeParameters],
            "WarmUpCore", [$"AllocateInputs({inputs})", $"AllocateOutputs({outputs})"]);
    }

    public void EmitClass()
    {
        writer.Gap();
        writer.Doc($"<summary>Memory for every {Role.ToLowerInvariant()} of the model. Not thread-safe.</summary>");
        using var body = writer.Braces($"public sealed partial class {ClassName} : Trt::Model{ClassName}");
        EmitConstructor([]);
        if (_wrapped.Length > 0) EmitConstructor(_wrapped);
        foreach (var tensor in _tensors.Where(t => t.CSharpType is not null)) EmitMember(tensor);
        if (isInput) OptionalEmitter.EmitMembers(writer, model);
        if (isInput && _dimensions.Count > 0) EmitDimensions();
    }

    private void EmitFactory(string verb, string summary, string error, TensorSpec[] wrapped)
    {
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        DocDimensions();
        foreach (var tensor in _unranked)
        {
            writer.Doc($"<param name=\"{tensor.ShapeParameter}\">First shape of {DocText.Code(tensor.Description.Name)}, "
                + $"which has no rank in the model file. <c>{tensor.Property}.Reshape</c> changes it.</param>");
        }

        foreach (var tensor in wrapped)
        {
            writer.Doc($"<param name=\"{tensor.Parameter.TrimStart('@')}\">Elements of "
                + $"{DocText.Code(tensor.Description.Name)}, row-major: {Bytes(tensor)}.</param>");
        }

        Throws(error);
        string[] arguments =
            ["this", DimensionValues, .. _unranked.Select(t => t.ShapeParameter!), .. wrapped.Select(t => t.Parameter)];
        writer.Method(
            $"public {ClassName} {verb}{ClassName}", [.. DimensionParameters, .. ShapeParameters, .. MemoryParameters(wrapped)],
            "new", arguments);
    }

    private void EmitConstructor(TensorSpec[] wrapped)
    {
        string[] parameters = ["Trt::OnnxModel model", Span + " dimensions", .. ShapeParameters, .. MemoryParameters(wrapped)];
        writer.Gap();
        writer.List($"internal {ClassName}(", parameters, ") : base(model, dimensions)");
        using var body = writer.OpenBrace();
        foreach (var tensor in _tensors)
        {
            // "this.", because in scripts without capitals the parameter has the property's name.
            writer.Line(tensor.CSharpType is null
                ? "SkipTensor();"
                : $"this.{tensor.Property} = {Add(tensor, wrapped.Contains(tensor) ? tensor.Parameter : "")};");
        }

        if (isInput) OptionalEmitter.EmitConstruction(writer, model);
    }

    private static string Add(TensorSpec tensor, string memory)
    {
        if (tensor.IsUntyped) return "AddUntypedTensor()";
        if (tensor.ShapeParameter is { } shape) return $"new(NextUnrankedTensor({shape}){Then(memory)})";
        if (ShapeTypes.IsTyped(tensor)) return $"new(NextTensor(){Then(memory)})";
        return tensor.IsText ? "AddStringTensor()" : $"AddTensor<{tensor.CSharpType}>({memory})";

        static string Then(string argument) => argument.Length > 0 ? ", " + argument : "";
    }

    private void EmitMember(TensorSpec tensor)
    {
        var description = tensor.Description;
        writer.Gap();
        var type = tensor.IsUntyped ? TensorText.Type(description) : DocText.Code(TensorText.Type(description));
        writer.Doc($"<summary>{Role} {DocText.Code(description.Name)}: {type}, {Bytes(tensor)}.</summary>");
        if (DocText.Escape(description.Documentation, DocumentationLength) is { Length: > 0 } documentation)
            writer.Doc($"<remarks>{documentation}</remarks>");
        var unranked = tensor.ShapeParameter is null ? "" : "Unranked";
        if (tensor.IsUntyped || tensor.IsText)
        {
            var kind = tensor.IsUntyped ? "Untyped" : "String";
            writer.Line($"public Trt::{unranked}{kind}{Role}Tensor {tensor.Property} {{ get; }}");
            return;
        }

        IEnumerable<string> shape = ShapeTypes.IsTyped(tensor) ? ShapeTypes.Of(description.Shape) : [];
        writer.List($"public Trt::{unranked}{Role}Tensor<", [tensor.CSharpType!, .. shape], $"> {tensor.Property} {{ get; }}");
    }

    private void EmitDimensions()
    {
        for (var i = 0; i < _dimensions.Count; i++)
        {
            var (dimension, index) = (_dimensions[i], Literals.Number(i));
            writer.Gap();
            writer.Doc($"<summary>{Describe(dimension)}: the size in use.</summary>");
            writer.Line($"public long {dimension.Property} => DimensionValues[{index}];");
            writer.Gap();
            writer.Doc($"<summary>{Describe(dimension)}: the size that was allocated.</summary>");
            writer.Line($"public long {DimensionSpec.CapacityOf(dimension.Property)} => DimensionCapacities[{index}];");
        }

        writer.Gap();
        writer.Doc(
            "<summary>Sets the sizes in use, up to the allocated ones. Elements do not move; earlier views are invalid."
            + "</summary>");
        DocDimensions();
        Throws("A size is out of range; nothing was changed.");
        writer.Method("public void Resize", [.. DimensionParameters], "ResizeTo", [DimensionValues]);
    }

    private void DocDimensions()
    {
        foreach (var dimension in _dimensions)
        {
            var ranges = model.Declaration.RangesOf(dimension.Index);
            writer.Doc($"<param name=\"{dimension.Parameter.TrimStart('@')}\">{Describe(dimension)}; {dimension.Limits}"
                + $"{(ranges.Length > 0 ? "; declared for " + ranges : "")}.</param>");
        }
    }

    private void Throws(string when) => writer.Doc($"<exception cref=\"Trt::TensorException\">{when}</exception>");

    /// <summary>The parameters for dynamic dimensions, with the sizes that they take for the analyzer.</summary>
    private IEnumerable<string> DimensionParameters => _dimensions.Select(dimension =>
    {
        var sizes = new List<string>
        {
            Literals.Text(dimension.Label), Literals.Number(DimensionSpec.Minimum), Size(dimension.Maximum),
        };
        foreach (var profile in model.Declaration.Profiles)
        {
            var range = profile.Ranges.FirstOrDefault(r => r.Dimension == dimension.Index);
            sizes.Add(Literals.Number(range?.Minimum ?? DimensionSpec.Minimum));
            sizes.Add(Size(range?.Maximum ?? dimension.Maximum));
        }

        if (dimension.Axis == 0) sizes.Add("IsFirstAxis = true");
        return $"[Trt::DimensionSizes({string.Join(", ", sizes)})] long {dimension.Parameter}";
    });

    private string DimensionValues => "[" + string.Join(", ", _dimensions.Select(d => d.Parameter)) + "]";

    private IEnumerable<string> ShapeParameters => _unranked.Select(t => $"{Span} {t.ShapeParameter}");

    private static IEnumerable<string> MemoryParameters(TensorSpec[] wrapped) =>
        wrapped.Select(t => $"global::System.Memory<{t.CSharpType}> {t.Parameter}");

    private static string Size(long size) => size == long.MaxValue ? "long.MaxValue" : Literals.Number(size);

    private static string Describe(DimensionSpec dimension)
    {
        var place = $"imension {Literals.Number(dimension.Axis)} of {DocText.Code(dimension.Tensor)}";
        return dimension.Name is null ? "D" + place : $"{DocText.Code(dimension.Name)}, d{place}";
    }

    private static string Bytes(TensorSpec tensor) => DocText.Escape(TensorText.Bytes(tensor.Description), 200);
}
