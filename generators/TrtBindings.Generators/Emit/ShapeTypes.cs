using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>
/// Writes the dimensions of a tensor as type arguments. Equal sizes are equal types in every model and project.
/// </summary>
internal static class ShapeTypes
{
    /// <summary>The largest rank that the runtime has types for.</summary>
    private const int MaxRank = 8;

    /// <summary>The most digits that a size as a type can have.</summary>
    private const int MaxDigits = 10;

    /// <summary>Writes an alias for each fixed size: <c>_640</c> for <c>N&lt;_6, _4, _0&gt;</c>.</summary>
    public static void EmitAliases(CodeWriter writer, ModelSpec model)
    {
        // One alias can use another only from inside a namespace.
        var prefix = model.Namespace.Length > 0 ? "S::" : "global::TrtBindings.Shapes.";
        var sizes = model.Inputs.Concat(model.OptionalInputs).Concat(model.Outputs).Where(t => IsTyped(t)).SelectMany(SizesOf)
            .Distinct(StringComparer.Ordinal).OrderBy(size => size.Length).ThenBy(size => size, StringComparer.Ordinal).ToArray();
        foreach (var size in sizes)
            writer.List($"using _{size} = {prefix}N<", size.Select(digit => prefix + "_" + digit), ">;");
        if (sizes.Length > 0) writer.Gap();
    }

    /// <summary>True if the type of a tensor's member has its shape. Not for text, scalars, unranked and huge shapes.</summary>
    public static bool IsTyped(TensorSpec tensor) =>
        tensor is { CSharpType: not null, IsText: false, IsUntyped: false, Description.Shape.Rank: >= 1 and <= MaxRank }
        && SizesOf(tensor).All(size => size.Length <= MaxDigits);

    /// <summary>The fixed sizes, as text: LINQ over strings is in the framework's native image, over numbers it is not.</summary>
    private static List<string> SizesOf(TensorSpec tensor)
    {
        var sizes = new List<string>();
        foreach (var dimension in tensor.Description.Shape.Dimensions)
            if (dimension.IsFixed) sizes.Add(Literals.Number(dimension.Value));
        return sizes;
    }

    /// <summary>The type arguments: <c>S::Dynamic</c>, <c>_3</c>.</summary>
    public static IEnumerable<string> Of(SymbolicShape shape) =>
        shape.Dimensions.Select(d => d.IsFixed ? "_" + Literals.Number(d.Value) : "S::Dynamic");
}
