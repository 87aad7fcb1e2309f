using System.Numerics;

namespace TrtBindings.Generators;

/// <summary>Writes the dimensions that the file fixes as constants.</summary>
internal static class ShapesEmitter
{
    public static void Emit(CodeWriter writer, string className, string role, EquatableArray<TensorSpec> tensors)
    {
        var shown = tensors.Where(t => t.CSharpType is not null && t.Description.Shape.IsRanked).ToArray();
        if (shown.Length == 0) return;
        writer.Gap();
        writer.Doc($"<summary>Sizes of the {role} that the model file fixes.</summary>");
        using (writer.Braces($"public static class {className}"))
            foreach (var tensor in shown) EmitTensor(writer, className, tensor);
    }

    private static void EmitTensor(CodeWriter writer, string className, TensorSpec tensor)
    {
        var shape = tensor.Description.Shape;
        // A tensor called as the class around it would be a type inside itself by the same name.
        var name = string.Equals(tensor.Property, className, StringComparison.Ordinal)
            ? tensor.Property + "Tensor"
            : tensor.Property;
        writer.Gap();
        writer.Doc($"<summary>Shape of {DocText.Code(tensor.Description.Name)}: "
            + $"{DocText.Code(shape.ToString())}.</summary>");
        using (writer.Braces($"public static class {name}"))
        {
            Constant(writer, "Rank", shape.Rank, "Number of dimensions.");
            BigInteger elements = 1;
            for (var axis = 0; axis < shape.Rank; axis++)
            {
                var dimension = shape.Dimensions[axis];
                if (!dimension.IsFixed) continue;
                elements *= dimension.Value;
                Constant(writer, AxisName(shape, axis, name), dimension.Value, $"Dimension {axis}.");
            }

            if (shape.IsFixed && elements <= long.MaxValue)
                Constant(writer, "ElementCount", (long)elements, "Number of elements.");
        }
    }

    private static string AxisName(SymbolicShape shape, int axis, string typeName)
    {
        var name = ImageLayout.IsChannelFirst(shape) ? ImageLayout.AxisName(axis) : "Dim" + Literals.Number(axis);
        return string.Equals(name, typeName, StringComparison.Ordinal) ? name + "Size" : name;
    }

    private static void Constant(CodeWriter writer, string name, long value, string summary)
    {
        var type = value <= int.MaxValue ? "int" : "long";
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        writer.Line($"public const {type} {name} = {Literals.Number(value)};");
    }
}
