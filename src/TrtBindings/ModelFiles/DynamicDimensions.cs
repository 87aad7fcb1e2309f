namespace TrtBindings;

/// <summary>
/// The one place that decides which sizes a caller of a model chooses, and in which order. The generator names its
/// parameters from this list and the runtime takes their values in the same order.
/// </summary>
public static class DynamicDimensions
{
    /// <summary>
    /// The dynamic dimensions of the inputs in order of appearance. A name counts once; every unknown dimension counts
    /// for itself. Unranked inputs and values that are not tensors have none.
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

    /// <summary>Those of <paramref name="ofInputs"/> that an output shares by name, in the same order.</summary>
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

    /// <summary>The position of a dimension's name in a list; -1 if it has none or is not in it.</summary>
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
