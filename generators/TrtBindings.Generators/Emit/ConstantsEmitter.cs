using System.Numerics;
using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>Writes what the file and the item fix as constants: shapes, declared ranges and the enum of class labels.</summary>
internal static class ConstantsEmitter
{
    public static void Emit(CodeWriter writer, ModelSpec model)
    {
        EmitShapes(writer, "InputShapes", "inputs", model.Inputs);
        EmitShapes(writer, "OutputShapes", "outputs", model.Outputs);
        EmitRanges(writer, model);
        if (model.HasLabels) EmitLabels(writer, model);
    }

    private static void EmitShapes(CodeWriter writer, string className, string role, EquatableArray<TensorSpec> tensors)
    {
        var shown = tensors.Where(t => t.CSharpType is not null && t.Description.Shape.IsRanked).ToArray();
        if (shown.Length == 0) return;
        writer.Gap();
        writer.Doc($"<summary>Sizes of the {role} that the model file fixes.</summary>");
        using var shapes = writer.Braces($"public static class {className}");
        foreach (var tensor in shown)
        {
            var shape = tensor.Description.Shape;
            var text = DocText.Code(shape.ToString());
            // C# forbids a nested class the name of the class around it.
            var name = tensor.Property == className ? tensor.Property + "Tensor" : tensor.Property;
            EmitConstants(writer, name, $"Shape of {DocText.Code(tensor.Description.Name)}: {text}.", $"From the shape {text}.",
                ConstantsOf(shape));
        }
    }

    private static IEnumerable<Constant> ConstantsOf(SymbolicShape shape)
    {
        yield return new("Rank", shape.Rank);
        BigInteger elements = 1;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var dimension = shape.Dimensions[axis];
            if (!dimension.IsFixed) continue;
            elements *= dimension.Value;
            var name = ImageLayout.AxisName(shape, axis) ?? "Dim" + Literals.Number(axis);
            yield return new(name, dimension.Value);
        }

        if (shape.IsFixed && elements <= long.MaxValue) yield return new("ElementCount", (long)elements);
    }

    private static void EmitRanges(CodeWriter writer, ModelSpec model)
    {
        var all = model.Declaration.Profiles.SelectMany(p => p.Ranges).ToArray();
        var shown = model.InputDimensions.Where(d => all.Any(r => r.Dimension == d.Index)).ToArray();
        if (shown.Length == 0) return;
        writer.Gap();
        writer.Doc("<summary>Sizes that the project declares for the dynamic dimensions, over all profiles.</summary>");
        using var ranges = writer.Braces("public static class Ranges");
        foreach (var dimension in shown)
        {
            var declared = all.Where(r => r.Dimension == dimension.Index).ToArray();
            var name = dimension.Property is "Ranges" ? "RangesDimension" : dimension.Property;
            var text = $"{DocText.Code(declared[0].Name)}: {model.Declaration.RangesOf(dimension.Index)}.";
            EmitConstants(writer, name, text, $"The limits of {text}",
                [new("Minimum", declared.Min(r => r.Minimum)), new("Maximum", declared.Max(r => r.Maximum))]);
        }
    }

    private static void EmitConstants(
        CodeWriter writer, string className, string summary, string each, IEnumerable<Constant> constants)
    {
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        using var members = writer.Braces($"public static class {className}");
        foreach (var group in constants.GroupBy(c => c.Value <= int.MaxValue ? "int" : "long"))
        {
            writer.Doc($"<summary>{each}</summary>");
            writer.List($"public const {group.Key} ", group.Select(c => Named(c.Name, c.Value)), ";");
        }

        // C# forbids a member the name of its class.
        string Named(string name, long value) =>
            $"{(name == className ? name + "Size" : name)} = {Literals.Number(value)}";
    }

    private static void EmitLabels(CodeWriter writer, ModelSpec model)
    {
        var isNamed = model.Labels.Count > 0;
        writer.Gap();
        writer.Doc("<summary>Number of class labels.</summary>");
        writer.Line($"public const int LabelCount = {Literals.Number(model.LabelMembers.Count)};");
        writer.Gap();
        writer.Doc(isNamed
            ? "<summary>The classes that the model tells apart. The values are its class indices.</summary>"
            : "<summary>The classes that the model tells apart, by index: the file does not name them.</summary>");
        using var label = writer.Braces("public enum Label");
        for (var i = 0; i < model.LabelMembers.Count; i++)
        {
            writer.Doc($"<summary>{(isNamed ? DocText.Code(model.Labels[i]) : "Class " + Literals.Number(i))}.</summary>");
            writer.Line($"{model.LabelMembers[i]} = {Literals.Number(i)},");
        }
    }

    /// <summary>A class and not a tuple: LINQ over classes is in the framework's native image, over tuples it is not.</summary>
    private sealed class Constant(string name, long value)
    {
        public string Name { get; } = name;

        public long Value { get; } = value;
    }
}
