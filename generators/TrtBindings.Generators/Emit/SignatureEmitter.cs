using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>Writes the compiled signature with what the item declares, and the exact labels.</summary>
internal static class SignatureEmitter
{
    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        var labels = model.Labels.Select(Literals.Text).ToArray();
        var hasMore = model.Declaration.IsForRuntime || model.OptionalInputs.Count > 0;
        var end = hasMore ? ")" : ");";
        writer.Gap();
        writer.Doc("<summary>The model that this class was compiled for. A file that differs from it is not loaded.</summary>");
        writer.Line($"public static Trt::ModelSignature CompiledSignature {{ get; }} = new({Literals.Text(model.TargetPath)},");
        using (writer.Indented())
        {
            EmitTensors(writer, model.Description.Inputs, ",");
            EmitTensors(writer, model.Description.Outputs, labels.Length > 0 ? "," : end);
            if (labels.Length > 0) writer.List("[", labels, "]" + end);
        }

        if (hasMore) EmitMore(writer, model);
        if (labels.Length == 0) return;
        writer.Gap();
        writer.Doc("<summary>The class labels exactly as in the model's metadata, by index.</summary>");
        writer.Line("public static global::System.ReadOnlySpan<string> Labels => CompiledSignature.Labels.AsSpan();");
    }

    private static void EmitTensors(CodeWriter writer, EquatableArray<TensorDescription> tensors, string end)
    {
        if (tensors.Count == 0)
        {
            writer.Line("[]" + end);
            return;
        }

        writer.Line("[");
        using (writer.Indented())
            foreach (var tensor in tensors) EmitTensor(writer, tensor);
        writer.Line("]" + end);
    }

    private static void EmitTensor(CodeWriter writer, TensorDescription tensor)
    {
        var extras = Extras(tensor);
        var end = extras.Length > 0 ? ") with" : "),";
        var (name, element) = (Literals.Text(tensor.Name), "Trt::ElementType." + tensor.ElementType);
        if (tensor.Kind == ValueKind.Tensor && tensor.Shape.IsRanked)
        {
            writer.List("Trt::TensorDescription.Of(", [name, element, .. tensor.Shape.Dimensions.Select(Dimension)], end);
        }
        else
        {
            string[] all =
                [name, "Trt::ValueKind." + tensor.Kind, element, Shape(tensor.Shape), Literals.Text(tensor.TypeText), "\"\""];
            writer.List("new Trt::TensorDescription(", all, end);
        }

        if (extras.Length > 0) writer.List("{ ", extras, " },");
    }

    /// <summary>Properties that the runtime shows but does not compare.</summary>
    private static string[] Extras(TensorDescription tensor)
    {
        var extras = new List<string>();
        if (tensor.Documentation.Length > 0) extras.Add("Documentation = " + Literals.Text(tensor.Documentation));
        if (tensor.Denotation.Length > 0) extras.Add("Denotation = " + Literals.Text(tensor.Denotation));
        if (tensor.DimensionDenotations.Count > 0)
            extras.Add($"DimensionDenotations = [{string.Join(", ", tensor.DimensionDenotations.Select(Literals.Text))}]");
        return [.. extras];
    }

    private static string Shape(SymbolicShape shape) => !shape.IsRanked
        ? "Trt::SymbolicShape.Unranked"
        : $"Trt::SymbolicShape.Of({string.Join(", ", shape.Dimensions.Select(Dimension))})";

    private static string Dimension(Dimension dimension) => dimension.Kind switch
    {
        DimensionKind.Fixed when dimension.Varies => $"Trt::Dimension.Varying({Literals.Number(dimension.Value)})",
        DimensionKind.Fixed => Literals.Number(dimension.Value),
        DimensionKind.Named => Literals.Text(dimension.Name!),
        _ => "\"?\"",
    };

    private static void EmitMore(CodeWriter writer, ModelSpec model)
    {
        using var signature = writer.OpenBrace("};");
        if (model.OptionalInputs.Count > 0)
        {
            writer.Line("OptionalInputs =");
            EmitTensors(writer, model.Description.OptionalInputs, ",");
        }

        if (model.Declaration.IsForRuntime) EmitDeclaration(writer, model.Declaration);
    }

    private static void EmitDeclaration(CodeWriter writer, DeclarationSpec declaration)
    {
        using var body = writer.Braces("Declaration = new()", "},");
        if (declaration.Precision is { } precision) writer.Line($"Precision = Trt::ModelPrecision.{PrecisionOf(precision)},");
        if (declaration.Backend is { } backend) writer.Line($"Backend = Trt::RequestedBackend.{backend},");
        if (declaration.Task.Length > 0) writer.Line($"Task = {Literals.Text(declaration.Task)},");
        if (declaration.SourceHash.Length > 0) writer.Line($"SourceHash = {Literals.Text(declaration.SourceHash)},");
        if (declaration.Profiles.Count == 0) return;
        writer.Line("Profiles =");
        writer.Line("[");
        using (writer.Indented())
            foreach (var profile in declaration.Profiles) writer.List("new([", profile.Ranges.Select(Range), "]),");
        writer.Line("],");
    }

    private static string Range(ProfileRangeSpec range) =>
        $"new({Literals.Number(range.Dimension)}, {Literals.Text(range.Name)}, "
        + $"{Literals.Number(range.Minimum)}, {Literals.Number(range.Optimum)}, {Literals.Number(range.Maximum)})";

    private static string PrecisionOf(string word) => word switch
    {
        "fp16" => "Float16",
        "bf16" => "BFloat16",
        _ => "Float32",
    };
}
