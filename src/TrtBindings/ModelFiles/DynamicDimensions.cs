namespace TrtBindings;

/// <summary>
/// Lists the sizes that the caller of a model chooses, and their order. The generator makes a parameter from each entry, and
/// the runtime takes the values in the same order.
/// </summary>
public static class DynamicDimensions
{
    /// <summary>
    /// The dynamic dimensions of the inputs, in order of appearance. Each name is listed once, and each unknown dimension
    /// separately. Unranked inputs and values that are not tensors have none.
    /// </summary>
    public static IReadOnlyList<DynamicDimension> OfInputs(EquatableArray<TensorDescription> inputs)
    {
        var found = new List<DynamicDimension>();
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Kind != ValueKind.Tensor) continue;
            var dimensions = inputs[i].Shape.Dimensions;
            for (var axis = 0; axis < dimensions.Count; axis++)
            {
                var dimension = dimensions[axis];
                if (dimension.IsFixed) continue;
                if (dimension.Kind == DimensionKind.Unknown)
                    found.Add(new(null, i, axis));
                else if (IndexOf(found, dimension) < 0)
                    found.Add(new(dimension.Name, i, axis));
            }
        }

        return found;
    }

    /// <summary>The entries of <paramref name="ofInputs"/> whose name an output also uses, in the same order.</summary>
    public static IReadOnlyList<DynamicDimension> SharedWithOutputs(
        IReadOnlyList<DynamicDimension> ofInputs, EquatableArray<TensorDescription> outputs)
    {
        var found = new List<DynamicDimension>();
        foreach (var candidate in ofInputs)
        {
            if (candidate.Name is null) continue;
            if (Uses(outputs, candidate.Name)) found.Add(candidate);
        }

        return found;
    }

    /// <summary>Index of the entry with the name of a dimension; -1 if it has no name or is not listed.</summary>
    public static int IndexOf(IReadOnlyList<DynamicDimension> list, Dimension dimension)
    {
        if (dimension.Kind != DimensionKind.Named) return -1;
        for (var i = 0; i < list.Count; i++)
            if (string.Equals(list[i].Name, dimension.Name, StringComparison.Ordinal)) return i;
        return -1;
    }

    private static bool Uses(EquatableArray<TensorDescription> outputs, string name)
    {
        foreach (var output in outputs)
            foreach (var dimension in output.Shape.Dimensions)
                if (dimension.Kind == DimensionKind.Named
                    && string.Equals(dimension.Name, name, StringComparison.Ordinal))
                    return true;
        return false;
    }
}

/// <summary>
/// A size that the caller chooses: a dimension name used by the inputs, or one unknown dimension of one input.
/// </summary>
/// <param name="Name">The name in the model file; <see langword="null"/> for an unknown dimension.</param>
/// <param name="Input">Index of the first input with this dimension.</param>
/// <param name="Axis">Axis of the dimension in that input.</param>
public sealed record DynamicDimension(string? Name, int Input, int Axis);
