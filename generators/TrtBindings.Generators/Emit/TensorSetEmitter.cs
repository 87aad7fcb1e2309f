namespace TrtBindings.Generators;

/// <summary>Writes a generated <c>Inputs</c> or <c>Outputs</c> class and the methods that make one.</summary>
internal sealed class TensorSetEmitter(
    CodeWriter writer, bool isInput, EquatableArray<TensorSpec> tensors, EquatableArray<DimensionSpec> dimensions,
    DeclarationSpec declaration)
{
    private const string Span = "global::System.ReadOnlySpan<long>";
    private const int DocumentationLength = 600;

    private readonly TensorSpec[] _members = [.. tensors.Where(t => t.CSharpType is not null)];
    private readonly TensorSpec[] _wrapped = [.. tensors.Where(t => t.IsWrappable)];
    private readonly TensorSpec[] _unranked = [.. tensors.Where(t => t.ShapeParameter is not null)];

    private string ClassName => isInput ? "Inputs" : "Outputs";

    private string Role => isInput ? "input" : "output";

    /// <summary>The methods of the model class that make one.</summary>
    public void EmitFactories()
    {
        EmitFactory("Allocate", $"Memory for every {Role}, of the library: pinned where the model runs on a GPU.", []);
        if (_wrapped.Length == 0) return;
        var text = _members.Any(t => t.IsText) ? " Text has memory of its own." : "";
        EmitFactory(
            "Wrap", $"Every {Role} over memory of the caller, which is pinned until the {Role}s are disposed.{text}", _wrapped);
    }

    /// <summary>What code that runs any model of a family calls.</summary>
    public void EmitCore()
    {
        writer.Gap();
        writer.Doc("<inheritdoc/>");
        writer.Line(
            $"protected override global::TrtBindings.Model{ClassName} Create{ClassName}Core({Span} dimensions) =>");
        using var body = writer.Indented();
        // Tensors without a rank start as scalars.
        writer.Line($"new {ClassName}({string.Join(", ", new[] { "this, dimensions" }.Concat(_unranked.Select(_ => "[]")))});");
    }

    /// <summary>For inputs: a method that readies the model for runs at given sizes.</summary>
    /// <param name="outputs">Those of the dimensions that outputs share.</param>
    public void EmitWarmUp(EquatableArray<DimensionSpec> outputs)
    {
        writer.Gap();
        writer.Doc("<summary>Runs a few times at these sizes with zeros, so that the first real run at them is as fast as the "
            + "later ones. Takes and frees the memory for it.</summary>");
        DocDimensions();
        foreach (var tensor in _unranked)
            writer.Doc($"<param name=\"{tensor.ShapeParameter}\">Shape of {DocText.Code(tensor.Description.Name)}.</param>");
        writer.Doc("<exception cref=\"global::TrtBindings.TensorException\">A size below its minimum, or more memory than the "
            + "system has.</exception>");
        DimensionParameter.EmitHeader(writer, "public void WarmUp", dimensions, declaration, [.. ShapeParameters]);
        var taken = dimensions.Select(d => d.Parameter).Concat(_unranked.Select(t => t.ShapeParameter!));
        var shared = outputs.Select(d => d.Parameter);
        using (writer.Indented())
            writer.Line($"WarmUpCore(AllocateInputs({string.Join(", ", taken)}), AllocateOutputs({string.Join(", ", shared)}));");
    }

    public void EmitClass()
    {
        writer.Gap();
        writer.Doc($"<summary>Memory for every {Role} of the model. Not thread-safe.</summary>");
        using (writer.Braces($"public sealed partial class {ClassName} : global::TrtBindings.Model{ClassName}"))
        {
            EmitConstructor([]);
            if (_wrapped.Length > 0) EmitConstructor(_wrapped);
            foreach (var tensor in _members) EmitMember(tensor);
            if (isInput && dimensions.Count > 0) EmitDimensions();
        }
    }

    private void EmitFactory(string verb, string summary, TensorSpec[] wrapped)
    {
        var limit = dimensions.Count > 0 ? " There is room for these sizes and for smaller ones." : "";
        writer.Gap();
        writer.Doc($"<summary>{summary}{limit}</summary>");
        DocDimensions();
        foreach (var tensor in _unranked)
            writer.Doc($"<param name=\"{tensor.ShapeParameter}\">First shape of {DocText.Code(tensor.Description.Name)}, "
                + $"whose rank the model file leaves open; <c>{tensor.Property}.Reshape</c> changes it.</param>");
        foreach (var tensor in wrapped)
            writer.Doc($"<param name=\"{Plain(tensor.Parameter)}\">Elements of "
                + $"{DocText.Code(tensor.Description.Name)}, row-major: {Bytes(tensor)}.</param>");
        writer.Doc("<exception cref=\"global::TrtBindings.TensorException\">"
            + (wrapped.Length > 0 ? "A size below its minimum, or memory that is too small."
                : "A size below its minimum, or more memory than the system has.") + "</exception>");
        var parameters = ShapeParameters.Concat(MemoryParameters(wrapped));
        var arguments = new[] { DimensionValues }
            .Concat(_unranked.Select(t => t.ShapeParameter!)).Concat(wrapped.Select(t => t.Parameter));
        DimensionParameter.EmitHeader(
            writer, $"public {ClassName} {verb}{ClassName}", dimensions, declaration, [.. parameters]);
        using (writer.Indented()) writer.Line($"new(this, {string.Join(", ", arguments)});");
    }

    private void EmitConstructor(TensorSpec[] wrapped)
    {
        var parameters = new[] { "global::TrtBindings.OnnxModel model", Span + " dimensions" }
            .Concat(ShapeParameters).Concat(MemoryParameters(wrapped));
        writer.Gap();
        writer.Line($"internal {ClassName}({string.Join(", ", parameters)})");
        using (writer.Indented()) writer.Line(": base(model, dimensions)");
        using (writer.Braces())
        {
            foreach (var tensor in tensors)
            {
                if (tensor.CSharpType is null) writer.Line("SkipTensor();");
                // Scripts without capitals make the parameter's name the property's.
                else writer.Line($"this.{tensor.Property} = {Add(tensor, wrapped.Contains(tensor))};");
            }
        }
    }

    private string Add(TensorSpec tensor, bool isWrapped)
    {
        if (tensor.IsUntyped) return "AddUntypedTensor()";
        if (tensor.ShapeParameter is { } shape)
            return $"new(NextUnrankedTensor({shape}){(isWrapped ? ", " + tensor.Parameter : "")})";
        if (!tensor.IsText && ShapeTypes.Arguments(tensor.Description.Shape) is not null)
            return $"new(NextTensor(){(isWrapped ? ", " + tensor.Parameter : "")})";
        var method = tensor.IsText ? "AddStringTensor" : $"AddTensor<{tensor.CSharpType}>";
        return $"{method}({(isWrapped ? tensor.Parameter : "")})";
    }

    private void EmitMember(TensorSpec tensor)
    {
        var description = tensor.Description;
        writer.Gap();
        var type = tensor.IsUntyped ? TensorText.Type(description) : DocText.Code(TensorText.Type(description));
        writer.Doc($"<summary>{(isInput ? "Input" : "Output")} {DocText.Code(description.Name)}: {type}, "
            + $"{Bytes(tensor)}.</summary>");
        if (DocText.Escape(description.Documentation, DocumentationLength) is { Length: > 0 } documentation)
            writer.Doc($"<remarks>{documentation}</remarks>");
        writer.Line($"public {TypeOf(tensor)} {tensor.Property} {{ get; }}");
    }

    private void EmitDimensions()
    {
        for (var i = 0; i < dimensions.Count; i++)
        {
            var dimension = dimensions[i];
            var index = Literals.Number(i);
            writer.Gap();
            writer.Doc($"<summary>{Describe(dimension)}: the size in use now.</summary>");
            writer.Line($"public long {dimension.Property} => DimensionValues[{index}];");
            writer.Gap();
            writer.Doc($"<summary>{Describe(dimension)}: the size that was allocated.</summary>");
            writer.Line(
                $"public long {DimensionSpec.CapacityOf(dimension.Property)} => DimensionCapacities[{index}];");
        }

        writer.Gap();
        writer.Doc("<summary>Sets the sizes in use, within the memory that is there. Elements are not moved, and views "
            + "taken before are invalid.</summary>");
        DocDimensions();
        writer.Doc("<exception cref=\"global::TrtBindings.TensorException\">A size below its minimum or above what was "
            + "allocated; nothing was changed.</exception>");
        DimensionParameter.EmitHeader(writer, "public void Resize", dimensions, declaration, []);
        using (writer.Indented()) writer.Line($"ResizeTo({DimensionValues});");
    }

    private void DocDimensions()
    {
        foreach (var dimension in dimensions)
            writer.Doc($"<param name=\"{Plain(dimension.Parameter)}\">{Describe(dimension)}; "
                + $"{dimension.Sizes}{Declared(dimension)}.</param>");
    }

    private string Declared(DimensionSpec dimension)
    {
        var ranges = declaration.RangesOf(dimension.Index);
        return ranges.Length > 0 ? "; declared for " + ranges : "";
    }

    private string DimensionValues => "[" + string.Join(", ", dimensions.Select(d => d.Parameter)) + "]";

    private IEnumerable<string> ShapeParameters => _unranked.Select(t => $"{Span} {t.ShapeParameter}");

    private static IEnumerable<string> MemoryParameters(TensorSpec[] wrapped) =>
        wrapped.Select(t => $"global::System.Memory<{t.CSharpType}> {t.Parameter}");

    private static string Describe(DimensionSpec dimension)
    {
        var place = $"dimension {Literals.Number(dimension.Axis)} of {DocText.Code(dimension.Tensor)}";
        return dimension.Name is null ? "D" + place.Substring(1) : $"{DocText.Code(dimension.Name)}, {place}";
    }

    private static string Bytes(TensorSpec tensor) => DocText.Escape(TensorText.Bytes(tensor.Description), 200);

    private static string Plain(string parameter) => parameter.TrimStart('@');

    private static IEnumerable<string> Arguments(TensorSpec tensor) =>
        ShapeTypes.Arguments(tensor.Description.Shape) is { } shape ? [tensor.CSharpType!, shape] : [tensor.CSharpType!];

    private string TypeOf(TensorSpec tensor)
    {
        var unranked = tensor.ShapeParameter is null ? "" : "Unranked";
        var role = isInput ? "Input" : "Output";
        if (tensor.IsUntyped) return "global::TrtBindings.UntypedOutputTensor";
        return tensor.IsText
            ? $"global::TrtBindings.{unranked}String{role}Tensor"
            : $"global::TrtBindings.{unranked}{role}Tensor<{string.Join(", ", Arguments(tensor))}>";
    }
}
