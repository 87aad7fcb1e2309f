using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>Writes the members of a generated <c>Inputs</c> class for inputs with a default.</summary>
internal static class OptionalEmitter
{
    /// <summary>Writes the statements of the constructor.</summary>
    public static void EmitConstruction(CodeWriter writer, ModelSpec model)
    {
        foreach (var tensor in model.OptionalInputs)
            writer.Line(tensor.CSharpType is null ? "SkipOptional();" : $"this.{tensor.Property} = {Add(tensor)};");
    }

    public static void EmitMembers(CodeWriter writer, ModelSpec model)
    {
        foreach (var tensor in model.OptionalInputs)
        {
            if (tensor.CSharpType is null) continue;
            var description = tensor.Description;
            var type = DocText.Code(TensorText.Type(description));
            writer.Gap();
            writer.Doc($"<summary>Input {DocText.Code(description.Name)} with a default in the file: {type}, "
                + $"{DocText.Escape(TensorText.Bytes(description), 200)}. <c>Set</c> replaces the default.</summary>");
            writer.List("public Trt::OptionalInput<", TypeOf(tensor), $"> {tensor.Property} {{ get; }}");
        }
    }

    private static string Add(TensorSpec tensor) => tensor switch
    {
        { ShapeParameter: null, IsText: true } => "AddOptionalStringTensor()",
        { ShapeParameter: null } when !ShapeTypes.IsTyped(tensor) => $"AddOptionalTensor<{tensor.CSharpType}>()",
        _ => $"AddOptional<{string.Join(", ", TypeOf(tensor))}>(static slot => new(slot))",
    };

    /// <summary>The type of the tensor that replaces the default, in pieces that a line can break between.</summary>
    private static string[] TypeOf(TensorSpec tensor)
    {
        if (tensor.IsText)
            return [tensor.ShapeParameter is null ? "Trt::StringInputTensor" : "Trt::UnrankedStringInputTensor"];
        if (tensor.ShapeParameter is not null) return [$"Trt::UnrankedInputTensor<{tensor.CSharpType}>"];
        var shape = ShapeTypes.IsTyped(tensor) ? ShapeTypes.Of(tensor.Description.Shape) : [];
        string[] pieces = [$"Trt::InputTensor<{tensor.CSharpType}", .. shape];
        pieces[pieces.Length - 1] += ">";
        return pieces;
    }
}
