namespace TrtBindings.Generators;

/// <summary>Writes the compiled signature and the exact labels.</summary>
internal static class SignatureEmitter
{
    private const string Model = "global::TrtBindings.";

    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        if (model.Labels.Count > 0) EmitLabelTexts(writer, model);
        writer.Gap();
        writer.Doc("<summary>What this class was compiled against. A file is loaded only if it is the same.</summary>");
        writer.Line("public static global::TrtBindings.ModelSignature CompiledSignature { get; } = new(");
        var end = model.Declaration.IsForRuntime ? ")" : ");";
        using (writer.Indented())
        {
            writer.Line(Literals.Text(model.TargetPath) + ",");
            EmitTensors(writer, model.Description.Inputs, ",");
            EmitTensors(writer, model.Description.Outputs, model.Labels.Count > 0 ? "," : end);
            if (model.Labels.Count > 0) writer.Line($"new {Model}EquatableArray<string>(LabelTexts){end}");
        }

        if (model.Declaration.IsForRuntime) DeclarationEmitter.Emit(writer, model.Declaration);
    }

    /// <summary>In front of the signature, which takes them: static members are initialized in the order of the text.</summary>
    private static void EmitLabelTexts(CodeWriter writer, ModelSpec model)
    {
        writer.Gap();
        using (writer.Braces("private static readonly string[] LabelTexts = new string[]", "};"))
            foreach (var label in model.Labels) writer.Line(Literals.Text(label) + ",");
        writer.Gap();
        writer.Doc("<summary>The class labels exactly as in the model's metadata, by index.</summary>");
        writer.Line("public static global::System.ReadOnlySpan<string> Labels => LabelTexts;");
    }

    private static void EmitTensors(CodeWriter writer, EquatableArray<TensorDescription> tensors, string end)
    {
        const string Type = Model + "TensorDescription";
        if (tensors.Count == 0)
        {
            writer.Line($"default({Model}EquatableArray<{Type}>){end}");
            return;
        }

        using (writer.Braces($"new {Model}EquatableArray<{Type}>(new {Type}[]", "})" + end))
            foreach (var tensor in tensors) EmitTensor(writer, tensor);
    }

    private static void EmitTensor(CodeWriter writer, TensorDescription tensor)
    {
        var head = $"new({Literals.Text(tensor.Name)}, {Model}ValueKind.{tensor.Kind}, "
            + $"{Model}ElementType.{tensor.ElementType},";
        writer.Line(head);
        using (writer.Indented())
        {
            writer.Line(Shape(tensor.Shape) + ",");
            writer.Line($"{Literals.Text(tensor.TypeText)}, {Literals.Text(tensor.Documentation)}){Extras(tensor)},");
        }
    }

    /// <summary>What the runtime does not compare, but shows.</summary>
    private static string Extras(TensorDescription tensor)
    {
        var extras = new List<string>();
        if (tensor.Denotation.Length > 0) extras.Add("Denotation = " + Literals.Text(tensor.Denotation));
        if (tensor.DimensionDenotations.Count > 0)
        {
            var texts = string.Join(", ", tensor.DimensionDenotations.Select(Literals.Text));
            extras.Add($"DimensionDenotations = new {Model}EquatableArray<string>(new string[] {{ {texts} }})");
        }

        return extras.Count == 0 ? "" : " { " + string.Join(", ", extras) + " }";
    }

    private static string Shape(SymbolicShape shape) => !shape.IsRanked
        ? Model + "SymbolicShape.Unranked"
        : $"{Model}SymbolicShape.Of({string.Join(", ", shape.Dimensions.Select(Dimension))})";

    private static string Dimension(Dimension dimension) => Model + "Dimension." + dimension.Kind switch
    {
        DimensionKind.Fixed => $"Fixed({Literals.Number(dimension.Value)})",
        DimensionKind.Named => $"FromParameter({Literals.Text(dimension.Name!)})",
        _ => "Unknown",
    };
}
