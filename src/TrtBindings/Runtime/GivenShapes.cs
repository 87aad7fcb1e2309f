namespace TrtBindings.Runtime;

/// <summary>Finds the values of a model's dynamic dimensions from shapes that a caller gives by the names of inputs.</summary>
internal static class GivenShapes
{
    /// <summary>The value of each of <see cref="ModelSignature.InputDimensions"/>.</summary>
    /// <exception cref="TensorException">
    /// No input has this name; a shape contradicts the file or another one; or a dimension is in none of them.
    /// </exception>
    public static long[] Dimensions(ModelSignature signature, IReadOnlyDictionary<string, long[]> shapes)
    {
        var values = new long[signature.InputDimensions.Count];
        values.AsSpan().Fill(-1);
        foreach (var (name, shape) in shapes) Take(signature, IndexOf(signature, name), shape, values);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= 0) continue;
            var input = signature.Inputs[signature.InputDimensions[i].Input];
            throw new TensorException(input.Name, $"{signature.NameOf(signature.InputDimensions[i])} has no size: give the shape "
                + $"of '{input.Name}', which is {input}.");
        }

        return values;
    }

    private static int IndexOf(ModelSignature signature, string name)
    {
        for (var i = 0; i < signature.Inputs.Count; i++)
            if (signature.Inputs[i].Name == name) return i;
        throw new TensorException(name, $"'{signature.File}' has no input '{name}'. Its inputs are "
            + $"{string.Join(", ", signature.Inputs.Select(input => input.ToString()))}.");
    }

    private static void Take(ModelSignature signature, int index, long[] shape, long[] values)
    {
        var input = signature.Inputs[index];
        if (!input.Shape.IsRanked) return;
        if (shape.Length != input.Shape.Rank) throw Wrong(input, shape, $"it must have {input.Shape.Rank} dimensions");
        for (var axis = 0; axis < shape.Length; axis++)
        {
            var declared = input.Shape.Dimensions[axis];
            if (declared.IsFixed)
            {
                if (declared.Value != shape[axis]) throw Wrong(input, shape, $"dimension {axis} must be {declared.Value}");
                continue;
            }

            var position = PositionOf(signature, declared, index, axis);
            if (values[position] >= 0 && values[position] != shape[axis])
                throw Wrong(input, shape, $"dimension '{declared.Name}' is {values[position]} in another place");
            values[position] = shape[axis];
        }
    }

    private static int PositionOf(ModelSignature signature, Dimension declared, int input, int axis)
    {
        var dimensions = signature.InputDimensions;
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (declared.Kind == DimensionKind.Unknown
                    ? dimensions[i].Name is null && dimensions[i].Input == input && dimensions[i].Axis == axis
                    : dimensions[i].Name == declared.Name) return i;
        }

        throw new ArgumentException($"'{declared}' is no dynamic dimension of this model.");
    }

    private static TensorException Wrong(TensorDescription input, long[] shape, string why) => new(
        input.Name, $"Input '{input.Name}' is declared as {input}, and [{string.Join(", ", shape)}] does not fit: {why}.");
}
