namespace TrtBindings.Backends;

/// <summary>Decides which sizes an engine is built for: those of the options, or else those that the item declares.</summary>
internal static class ProfileResolver
{
    private const string Option = "TensorRtOptions.Profiles";

    /// <summary>The item's declaration, with the profiles of the options in place of its own if the options have any.</summary>
    /// <exception cref="ModelOptionException">
    /// A profile of the options names no dynamic dimension, or its sizes are out of order.
    /// </exception>
    public static ModelDeclaration Declaration(ModelSignature signature, TensorRtOptions options) =>
        options.Profiles.Count == 0
            ? signature.Declaration
            : signature.Declaration with { Profiles = new([.. options.Profiles.Select(profile => Resolve(signature, profile))]) };

    /// <summary>Profiles with a range for every dynamic dimension; none for a model without dynamic dimensions.</summary>
    /// <exception cref="ModelOptionException">A dimension has no range.</exception>
    public static IReadOnlyList<OptimizationProfile> Complete(ModelSignature signature, ModelDeclaration declaration)
    {
        var dimensions = signature.InputDimensions;
        if (dimensions.Count == 0) return [];
        IReadOnlyList<OptimizationProfile> profiles =
            declaration.Profiles.Count > 0 ? [.. declaration.Profiles] : [new(default)];
        foreach (var profile in profiles)
        {
            for (var i = 0; i < dimensions.Count; i++)
            {
                if (profile.Ranges.Any(range => range.Dimension == i)) continue;
                var name = NameOf(signature, dimensions[i]);
                throw new ModelOptionException(Option, declaration.Profiles.Count == 0
                    ? $"The model has dynamic dimensions ({Names(signature)}), and TensorRT builds an engine for given sizes. "
                      + $"Declare them on the item (TrtProfile=\"{name}=1..4..16\"), or in {Option}."
                    : $"The profile {profile} does not say the sizes of '{name}'. Add {name}=minimum..optimum..maximum to "
                      + $"TrtProfile on the item, or to the profile in {Option}.");
            }
        }

        return profiles;
    }

    /// <summary>The shape of an input in a profile: its fixed dimensions, and the chosen size of each dynamic one.</summary>
    /// <param name="signature">The model.</param>
    /// <param name="profile">A complete profile; <see langword="null"/> for a model without dynamic dimensions.</param>
    /// <param name="input">The input's index. It must have a declared rank.</param>
    /// <param name="select">Chooses the minimum, the optimum or the maximum.</param>
    public static long[] ShapeOf(
        ModelSignature signature, OptimizationProfile? profile, int input, Func<DimensionRange, long> select)
    {
        var dimensions = signature.Inputs[input].Shape.Dimensions;
        var shape = new long[dimensions.Count];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = dimensions[axis].IsFixed
                ? dimensions[axis].Value
                : select(profile!.Ranges.First(range => range.Dimension == IndexOf(signature, dimensions[axis], input, axis)));
        }

        return shape;
    }

    private static OptimizationProfile Resolve(ModelSignature signature, TensorRtProfile profile)
    {
        var ranges = new List<DimensionRange>();
        foreach (var (name, sizes) in profile)
        {
            var index = IndexOf(signature, name);
            if (index < 0)
            {
                throw new ModelOptionException(Option,
                    $"{Option} has sizes for '{name}', which is no dynamic dimension of the model. {Known(signature)}.");
            }

            var dimension = signature.InputDimensions[index];
            if (sizes is null || sizes.Minimum < 0 || sizes.Minimum > sizes.Optimum || sizes.Optimum > sizes.Maximum)
            {
                throw new ModelOptionException(Option,
                    $"{Option} has '{name}' as {sizes}, and it must be 0 ≤ minimum ≤ optimum ≤ maximum.");
            }

            ranges.Add(new(index, NameOf(signature, dimension), sizes.Minimum, sizes.Optimum, sizes.Maximum));
        }

        return new(new([.. ranges.OrderBy(range => range.Dimension)]));
    }

    /// <summary>A profile calls a dimension by its ONNX name, or by its place where it has none.</summary>
    private static string NameOf(ModelSignature signature, DynamicDimension dimension) =>
        dimension.Name ?? $"{signature.Inputs[dimension.Input].Name}[{dimension.Axis}]";

    private static int IndexOf(ModelSignature signature, string name)
    {
        for (var i = 0; i < signature.InputDimensions.Count; i++)
            if (NameOf(signature, signature.InputDimensions[i]) == name) return i;
        return -1;
    }

    private static int IndexOf(ModelSignature signature, Dimension dimension, int input, int axis)
    {
        var dimensions = signature.InputDimensions;
        for (var i = 0; i < dimensions.Count; i++)
        {
            if (dimension.Kind == DimensionKind.Unknown
                    ? dimensions[i].Name is null && dimensions[i].Input == input && dimensions[i].Axis == axis
                    : dimensions[i].Name == dimension.Name) return i;
        }

        throw new ArgumentException($"'{dimension}' is no dynamic dimension of this model.");
    }

    private static string Known(ModelSignature signature) => signature.InputDimensions.Count == 0
        ? "All dimensions of its inputs are fixed"
        : $"It has {Names(signature)}";

    private static string Names(ModelSignature signature) =>
        string.Join(", ", signature.InputDimensions.Select(dimension => $"'{NameOf(signature, dimension)}'"));
}
